/** What one change costs, printed: timing decides nothing here, that the work does not grow with the tree does. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../../packages/spark-tui/src/app/index.ts';
import { ManualClock } from '../../packages/spark-tui/src/base/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { DEFAULT_CAPS, MemoryOutput } from '../../packages/spark-tui/src/terminal/index.ts';
import { box, text } from '../../packages/spark-tui/src/ui/index.ts';

const WARM = 20_000;
const MEASURED = 20_000;

function measure(nodes: number, shape: 'grouped' | 'flat'): { micros: number; repaintMicros: number; measures: number; bytes: number } {
  const output = new MemoryOutput();
  const app = new App({
    size: { width: 120, height: 40 },
    clock: new ManualClock(),
    output,
    caps: DEFAULT_CAPS,
    maxFps: 60,
    maxNodes: 1_000_000,
    verifyLayout: false,
    exitOnCtrlC: true,
    tabNavigation: true,
    onExit: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  const digit = signal(0);
  const item = (i: number): void => {
    text({ content: i === 30 ? () => `value ${digit.value}` : `item ${i}`, width: 10, height: 1 });
  };
  app.start(() => {
    if (shape === 'flat') {
      box({ flexDirection: 'row', flexWrap: 'wrap' }, () => {
        for (let i = 0; i < nodes; i++) item(i);
      });
    } else {
      for (let r = 0; r < nodes / 10; r++) {
        box({ flexDirection: 'row', height: 1, shrink: 0 }, () => {
          for (let i = 0; i < 10; i++) item(r * 10 + i);
        });
      }
    }
  });
  app.flush();
  const change = (times: number): void => {
    for (let i = 0; i < times; i++) {
      digit.value = (digit.peek() + 1) % 10;
      app.flush();
      if (i % 1000 === 0) output.take();
    }
  };
  change(WARM);
  output.take();
  const { layoutRuns, bytesWritten } = app.stats();
  const start = performance.now();
  change(MEASURED);
  const micros = ((performance.now() - start) / MEASURED) * 1000;
  const measures = app.stats().layoutRuns - layoutRuns;
  const bytes = (app.stats().bytesWritten - bytesWritten) / MEASURED;
  const repaints = 300;
  let repaintMs = Infinity;
  for (let round = 0; round < 5; round++) {
    const from = performance.now();
    for (let i = 0; i < repaints; i++) {
      app.frame.redraw();
      app.flush();
      output.take();
    }
    repaintMs = Math.min(repaintMs, performance.now() - from);
  }
  app.dispose();
  return { micros, repaintMicros: (repaintMs / repaints) * 1000, measures, bytes };
}

describe('the cost of one digit', () => {
  for (const shape of ['grouped', 'flat'] as const) {
    for (const nodes of [100, 1000, 10_000]) {
      test(`among ${nodes} texts, ${shape}: no layout, few bytes`, () => {
        const { micros, repaintMicros, measures, bytes } = measure(nodes, shape);
        console.log(`# ${nodes} texts, ${shape}: ${micros.toFixed(2)} µs a change, ${bytes.toFixed(1)} bytes; ${repaintMicros.toFixed(0)} µs a full 120x40 repaint with encoding`);
        assert.equal(measures, 0, 'nothing was laid out');
        assert.ok(bytes <= 12);
      });
    }
  }
});
