/** The loads of the memory contract for a moment each: every count comes back, exactly, and tables keep their bounds. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { counts, LOADS } from '../../bench/contract-loads.ts';

/** How often; the benchmark (`bench/contract.ts`) does ten to a hundred times as much. */
const LEAST: Readonly<Record<keyof typeof LOADS, number>> = { mounts: 100, nodes: 50_000, shuffles: 500, effects: 100_000, clusters: 100_000, resizes: 500 };

describe('what comes and goes', () => {
  for (const [name, least] of Object.entries(LEAST)) {
    test(`${least.toLocaleString('en')} ${name}: every count is as before`, async () => {
      const load = LOADS[name]!();
      load.app?.flush();
      load.round();
      load.rest();
      const base = load.app === null ? null : counts(load.app);
      for (let done = 0; done < least; done += load.round()) if (done % 1000 === 0) await new Promise((resolve) => void setImmediate(resolve));
      load.rest();
      if (load.app !== null) {
        assert.deepEqual(counts(load.app), base);
        assert.deepEqual((await load.app.unmount()).survivors, []);
      }
      await new Promise((resolve) => void setImmediate(resolve));
      assert.deepEqual(load.faults?.() ?? [], []);
    });
  }
});
