/**
 * How one app uses its terminal: which mode, what changes from one to another, and what is left behind at the end.
 *
 *   fullscreen   the alternate screen; what is printed is kept until it is given back
 *   inline       a live region of the normal screen, history above it
 *   append       the same; the name says that history is what the app is about
 */
import {
  ByteBuffer,
  type EncoderCaps,
  enterBytes,
  FULLSCREEN_MODES,
  INLINE_MODES,
  leaveBytes,
  LiveRegion,
  type MouseTracking,
  type Output,
  type TerminalModes,
} from '../terminal/index.ts';
import type { App } from './app.ts';
import type { RenderMode } from './mount-options.ts';

/** How long printing waits for a terminal that takes nothing. */
const PRESS_MS = 250;

export interface ModeOptions {
  readonly mode: RenderMode;
  readonly output: Output | null;
  readonly caps: EncoderCaps;
  /** Pointer events to ask for on a whole screen. */
  readonly mouse: MouseTracking;
  /** Where it is kept which modes are on; null: here. */
  readonly holder: { modes: TerminalModes } | null;
}

export class ModeControl {
  readonly holder: { modes: TerminalModes };
  private current: RenderMode;
  private readonly app: App;
  private readonly options: ModeOptions;

  constructor(app: App, options: ModeOptions) {
    this.app = app;
    this.options = options;
    this.current = options.mode;
    this.holder = options.holder ?? { modes: modesOf(options.mode, options.mouse) };
  }

  get mode(): RenderMode {
    return this.current;
  }

  /** The region of the present mode, made anew; null on a whole screen. */
  newRegion(): LiveRegion | null {
    return this.current === 'fullscreen' ? null : new LiveRegion(() => this.app.terminal.reflow);
  }

  /** What the encoder may use in the present mode. */
  get caps(): EncoderCaps {
    return { ...this.options.caps, relative: this.current !== 'fullscreen' };
  }

  /** Uses the terminal in another way, from the next frame on. */
  set(mode: RenderMode): void {
    const { app, holder, options } = this;
    const before = this.current;
    this.current = mode;
    if (app.disposed || (before === 'fullscreen') === (mode === 'fullscreen')) return;
    app.mouse.reset();
    app.frame.changeMode(this.newRegion(), (out) => {
      out.append(leaveBytes(holder.modes));
      const { fullscreen, nowrap, mouse } = modesOf(mode, options.mouse);
      holder.modes = { ...holder.modes, fullscreen, nowrap, mouse, margins: false };
      out.append(enterBytes(holder.modes));
    });
    app.terminal.rebase(this.caps);
  }

  /**
   * The bytes that give the terminal back, around those that switch its modes off: a live region is left behind with all
   * history above it, and what was printed on a whole screen follows on the normal one. `settle`: what has changed
   * since the last frame is shown.
   */
  leaving(off: Uint8Array, settle: boolean): Uint8Array {
    const { frame, history } = this.app;
    const out = new ByteBuffer(1024);
    out.append(frame.leave(settle));
    out.append(this.app.terminal.undo()); // What the last frame asked for, after `off` was made.
    out.append(off);
    for (const line of history.takeAll()) {
      out.append(line.bytes);
      out.ascii('\r\n');
    }
    return out.view();
  }

  /** Much waits to go above a live region: writes it, and waits for a terminal that is slow. */
  press(): void {
    const { output } = this.options;
    if (this.current === 'fullscreen') return;
    this.app.flush();
    if (output?.busy === true && output.drainSync?.(PRESS_MS) === true) this.app.flush();
  }
}

function modesOf(mode: RenderMode, mouse: MouseTracking): TerminalModes {
  return mode === 'fullscreen' ? { ...FULLSCREEN_MODES, mouse } : INLINE_MODES;
}
