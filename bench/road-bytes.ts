/** Bytes a frame through the whole road, from a changed signal to the output: what an app makes of the encoder. */
import { App } from '../packages/spark-tui/src/app/index.ts';
import { ManualClock } from '../packages/spark-tui/src/base/index.ts';
import { signal } from '../packages/spark-tui/src/reactive/index.ts';
import { DEFAULT_CAPS, FULLSCREEN_MODES, MemoryOutput } from '../packages/spark-tui/src/terminal/index.ts';
import { box, text } from '../packages/spark-tui/src/ui/index.ts';

const COLS = 120;
const ROWS = 40;
const FRAMES = 60;
const WORDS = 'the frame layout paint scroll region cell glyph encoder terminal signal effect scope node'.split(' ');
const COLOURS = ['#e06c75', '#98c379', '#61afef', '#abb2bf'];

const line = (i: number): string =>
  `${String(i).padStart(4)} ${Array.from({ length: 6 + (i % 5) }, (_, k) => WORDS[(i * 7 + k * (3 + (i % 4))) % WORDS.length]).join(' ')}`;

export interface RoadFigure {
  readonly name: string;
  /** Mean and most bytes of a frame, and what is allowed. */
  readonly mean: number;
  readonly most: number;
  readonly limit: number;
}

function measure(name: string, limit: number, margins: boolean, root: () => void, change: (frame: number) => void): RoadFigure {
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
  app.flush();
  output.take();
  let sum = 0;
  let most = 0;
  for (let frame = 1; frame <= FRAMES; frame++) {
    change(frame);
    app.flush();
    const bytes = output.take().length;
    sum += bytes;
    most = Math.max(most, bytes);
  }
  app.dispose();
  return { name, mean: sum / FRAMES, most, limit };
}

/** The figures the project promises. */
export function roadFigures(): RoadFigure[] {
  const count = signal(0);
  const top = signal(0);
  const scroll = (frame: number): void => {
    top.value = frame;
  };
  const counter = (): void => {
    box({ flexDirection: 'column', padding: 1 }, () => {
      text({ content: () => `Count: ${count.value}` });
      for (let i = 0; i < 20; i++) text({ content: line(i) });
    });
  };
  const list = (): void => {
    top.value = 0;
    box({ flexGrow: 1, height: '100%', overflow: 'scroll', scrollTop: () => top.value, scrollbar: 'none' }, () => {
      for (let i = 0; i < 300; i++) text({ content: line(i), height: 1, flexShrink: 0, fg: COLOURS[i % COLOURS.length] });
    });
  };
  const beside = (): void => {
    box({ flexDirection: 'row', width: '100%', height: '100%' }, () => {
      box({ width: 30, height: '100%', flexShrink: 0, border: 'single' }, () => {
        for (let i = 0; i < 38; i++) text({ content: `entry ${i}`, height: 1 });
      });
      list();
    });
  };
  return [
    measure('road: a digit', 8, false, counter, (frame) => {
      count.value = frame % 10;
    }),
    measure('road: list, one line', 220, false, list, scroll),
    measure('road: beside a sidebar', 400, true, beside, scroll),
  ];
}
