/** A monkey at the keyboard of an app in memory: input, changes, sizes, time; then everything has to be as it was. */
import assert from 'node:assert/strict';
import { bufferPool } from '../../packages/spark-tui/src/base/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { generator } from '../oracle/vt-random.ts';
import { kitchenSink } from './kitchen-sink.ts';
import { monkeyInput, monkeySize } from './monkey-input.ts';

const MODES = ['fullscreen', 'inline', 'append'] as const;
/** What the renderer may write, without printable characters: nothing of the content steers the terminal. */
// oxlint-disable-next-line no-control-regex -- sequences are what this is about
const OURS = /\x1b\[[\d;:?<>=$ ]*[@-~]|\x1b\][\d]*;[\x20-\x7e]*(?:\x1b\\|\x07)|\x1b[DEM78=>\\]|[\r\n\b]/g;
// oxlint-disable-next-line no-control-regex -- and so is this
const CONTROLS = /[\x00-\x1f\x7f-\x9f]/;

/** Plays one seed; throws with the seed in the message. */
export async function playMonkey(seed: number, actions: number): Promise<void> {
  const random = generator(seed);
  const pool = bufferPool.usedBytes;
  const { root, change, rest } = kitchenSink();
  let { cols, rows } = monkeySize(random);
  let at = 0;
  let last = '';
  const app = createTestApp(root, { width: cols, height: rows, mode: MODES[random(3)]!, disableCtrlC: true });
  try {
    for (at = 0; at < actions; at++) {
      const what = random(12);
      if (what === 0) {
        ({ cols, rows } = monkeySize(random));
        last = `resize ${cols} × ${rows}`;
        app.resize(cols, rows);
      } else if (what === 1) {
        last = 'time';
        app.clock.tick([1, 20, 100, 600, 5000][random(5)]!);
      } else if (what < 5) {
        last = 'change';
        change(random);
        if (random(4) === 0) await Promise.resolve();
        app.flush();
      } else if (what === 5 && random(4) === 0) {
        const mode = MODES[random(3)]!;
        last = `mode ${mode}`;
        app.setMode(mode);
      } else if (what === 6 && random(4) === 0) {
        last = 'print';
        app.print('printed', seed, at);
      } else {
        const bytes = monkeyInput(random, { cols, rows, spared: '' });
        last = JSON.stringify(bytes);
        app.send(bytes);
      }
      const shown = new TextDecoder().decode(app.bytes()).replace(OURS, '');
      assert.doesNotMatch(shown, CONTROLS, 'a control character was written');
      assert.ok(app.stats().timers <= 8, `${app.stats().timers} timers`);
    }
    rest();
    app.flush();
    // What layout tells of itself (offsets that were cut) is worked in the flush after.
    await Promise.resolve();
    app.flush();
    assert.equal(app.stats().pendingEffects, 0, 'effects wait');
    app.unmount();
    const { nodes, scopes, effects, bindings, cleanups, handlers, keyHandlers, timers, arenaBytes, runWords, glyphs, extras } = app.stats();
    assert.deepEqual(
      { nodes, scopes, effects, bindings, cleanups, handlers, keyHandlers, timers, arenaBytes, runWords, glyphs, extras },
      { nodes: 0, scopes: 0, effects: 0, bindings: 0, cleanups: 0, handlers: 0, keyHandlers: 0, timers: 0, arenaBytes: 0, runWords: 0, glyphs: 0, extras: 0 },
    );
    assert.equal(bufferPool.usedBytes, pool);
  } catch (error) {
    app[Symbol.dispose]();
    throw new Error(`seed ${seed}, action ${at} of ${actions}, ${cols} × ${rows}, last: ${last}\n${(error as Error).stack}`, { cause: error });
  }
}
