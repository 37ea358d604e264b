/** Bytes a frame through the whole road, from a changed signal to the output: what an app makes of the encoder. */
import { signal } from '../packages/spark-tui/src/reactive/index.ts';
import { box, text } from '../packages/spark-tui/src/ui/index.ts';
import { line, list, startRoadApp } from '../test/behaviour/road-app.ts';

const FRAMES = 60;

export interface RoadFigure {
  readonly name: string;
  /** Mean and most bytes of a frame, and what is allowed. */
  readonly mean: number;
  readonly most: number;
  readonly limit: number;
}

function measure(name: string, limit: number, margins: boolean, root: () => void, change: (frame: number) => void): RoadFigure {
  const { app, output } = startRoadApp(root, margins);
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
  const coloured = (): void => {
    top.value = 0;
    list(top, true);
  };
  const beside = (): void => {
    box({ flexDirection: 'row', width: '100%', height: '100%' }, () => {
      box({ width: 30, height: '100%', flexShrink: 0, border: 'single' }, () => {
        for (let i = 0; i < 38; i++) text({ content: `entry ${i}`, height: 1 });
      });
      coloured();
    });
  };
  return [
    measure('road: a digit', 8, false, counter, (frame) => {
      count.value = frame % 10;
    }),
    measure('road: list, one line', 220, false, coloured, scroll),
    measure('road: beside a sidebar', 400, true, beside, scroll),
  ];
}
