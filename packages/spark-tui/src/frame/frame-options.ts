/** What a frame loop is made of and told by: the parts it drives, and the two that share a frame's write with its cells. */
import type { Clock } from '../base/index.ts';
import type { ExtraTable } from '../cells/index.ts';
import type { Scene, SlotList } from '../scene/index.ts';
import type { ByteBuffer, Encoder, HistoryLine, LiveRegion, Output } from '../terminal/index.ts';
import type { Screen } from './screen.ts';

/** What shares a frame's write with its cells: modes of the terminal before them, requests and caret after them. */
export interface TerminalState {
  /** True when there is something to send, though no cell has changed. */
  readonly pending: boolean;
  /** Before the cells. True when all of them have to be written again. */
  prepare(encoder: Encoder, out: ByteBuffer): boolean;
  /** After the cells. */
  encode(encoder: Encoder, out: ByteBuffer, cols: number, rows: number): void;
  /** True while the cursor is shown, at the caret. */
  readonly showsCaret: boolean;
  /** How late a change of the terminal's width may be heard of. */
  readonly resizeLagMs: number;
  /** Asks for a frame in which the caret is placed anew. */
  request(): void;
}

/** Finished lines that wait to go above the live region. */
export interface FrameHistory {
  /** In order; what was taken is told to `committed`. */
  readonly waiting: readonly HistoryLine[];
  /** The first `count` lines are on their way to the terminal. */
  committed(count: number): void;
}

export interface FrameOptions {
  readonly scene: Scene;
  readonly screen: Screen;
  /** Links and underline colours of cells. */
  readonly extras: ExtraTable;
  readonly clock: Clock;
  readonly maxFps: number;
  /** False: frames run only when `flush` is called. */
  readonly autoFrames: boolean;
  /** Null when nothing is shown while the app runs (no terminal): frames are painted, not encoded. */
  readonly encoder: Encoder | null;
  readonly output: Output | null;
  readonly terminal: TerminalState;
  /** The region of the normal screen that the app is shown in; null: the whole screen. */
  readonly region: LiveRegion | null;
  readonly history: FrameHistory;
  /** Looks whether the terminal has another size than was told; before a frame of a live region. */
  readonly measure: () => void;
  /** Compares every incremental layout with a full one. */
  readonly verifyLayout: boolean;
  /** Names a node for error messages. */
  readonly describe: (slot: number) => string;
  /** Told before a scheduled frame, and with it code of the user, runs. */
  readonly onWork?: (() => void) | undefined;
  /** Told after each layout that changed something, with the containers that scrolled; `pass` counts the layouts of a frame from 0. */
  readonly onLayout?: (scrolled: SlotList, pass: number) => void;
  /** Told after each frame, when the screen is painted and may be asked who shows where; may change the scene for the next one. */
  readonly onPainted?: () => void;
  /** Told when frames keep asking for themselves; `where` is a node that is drawn anew each time. */
  readonly onChain?: (frames: number, where: string) => void;
  /** Told when a frame threw. */
  readonly onError: (error: unknown) => void;
}
