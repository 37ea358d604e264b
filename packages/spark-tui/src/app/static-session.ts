/**
 * A session where there is no terminal to draw on (a pipe, a file, `TERM=dumb`, no keys to come): the
 * app runs, nothing is written until it ends, and then its final frame is printed as plain text.
 */
import { DEFAULT_CAPS, FULLSCREEN_MODES, type TerminalModes } from '../terminal/index.ts';
import type { CellSize } from '../ui/index.ts';
import type { Session, SessionHandlers } from './session.ts';

export class StaticSession implements Session {
  readonly output = null;
  readonly caps = DEFAULT_CAPS;
  readonly hasInput = false;
  readonly env = {};
  modes: TerminalModes = FULLSCREEN_MODES;
  readonly size: CellSize;

  constructor(size: CellSize) {
    this.size = size;
  }

  start(_handlers: SessionHandlers): void {}

  close(): null {
    return null;
  }

  restore(): void {}
}
