/** What bytes of a change are counted on: an app on an output in memory, and a list with lines as of a log. */
import { App } from '../../packages/spark-tui/src/app/index.ts';
import { ManualClock } from '../../packages/spark-tui/src/base/index.ts';
import { DEFAULT_CAPS, FULLSCREEN_MODES, MemoryOutput } from '../../packages/spark-tui/src/terminal/index.ts';
import { box, text } from '../../packages/spark-tui/src/ui/index.ts';

export const COLS = 120;
export const ROWS = 40;

/** An app of `COLS` × `ROWS` cells that has started; `margins`: its terminal has left and right margins. */
export function startRoadApp(root: () => void, margins: boolean): { app: App; output: MemoryOutput } {
  const output = new MemoryOutput();
  const app = new App({
    size: { width: COLS, height: ROWS },
    clock: new ManualClock(),
    output,
    caps: DEFAULT_CAPS,
    terminal: { holder: { modes: { ...FULLSCREEN_MODES, margins } }, env: {}, query: false, kittyKeyboard: 0, followsSize: false },
    maxFps: 60,
    maxNodes: 100_000,
    verifyLayout: false,
    exitOnCtrlC: true,
    tabNavigation: true,
    onExit: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  app.start(root);
  return { app, output };
}

const WORDS = 'the frame layout paint scroll region cell glyph encoder terminal signal effect scope node'.split(' ');
const COLOURS = ['#e06c75', '#98c379', '#61afef', '#abb2bf'];

/** A line of a log or of source: words and numbers that differ from line to line. */
export const line = (i: number): string =>
  `${String(i).padStart(4)} ${Array.from({ length: 6 + (i % 5) }, (_, k) => WORDS[(i * 7 + k * (3 + (i % 4))) % WORDS.length]).join(' ')}`;

/** A list of 300 lines that scrolls to `top`. */
export function list(top: { value: number }, coloured: boolean): void {
  box({ flexGrow: 1, height: '100%', overflow: 'scroll', scrollbar: 'none', scrollTop: () => top.value }, () => {
    for (let i = 0; i < 300; i++) text({ content: line(i), height: 1, flexShrink: 0, fg: coloured ? COLOURS[i % COLOURS.length] : undefined });
  });
}
