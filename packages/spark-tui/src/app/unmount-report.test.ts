/** What unmount() says is left: nothing, as a rule; else what, and where it was made. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effect, signal } from '../reactive/index.ts';
import { box, onKey, text } from '../ui/index.ts';
import { type InputStream, INSIDE, type OutputStream } from './index.ts';
import { mountSync } from './index.node.ts';
import type { HasInside } from './inside.ts';

class Stream implements OutputStream, InputStream {
  listeners = 0;
  write(): boolean {
    return true;
  }
  on(): this {
    this.listeners++;
    return this;
  }
  off(): this {
    this.listeners--;
    return this;
  }
  resume(): void {}
  pause(): void {}
}

describe('the report of unmount', () => {
  test('is all zeroes, the same at every call, and listeners were counted while the app ran', async () => {
    const output = new Stream();
    const input = new Stream();
    const app = mountSync(() => box({ onClick: () => undefined }, () => { text({ content: 'x' }); onKey('q', () => undefined); }), { output, input, width: 20, height: 5 });
    assert.equal(app.stats().listeners, output.listeners + input.listeners);
    assert.ok(app.stats().listeners > 0);
    const report = await app.unmount();
    const { ms, ...left } = report;
    assert.ok(ms >= 0);
    assert.deepEqual(left, { nodes: 0, scopes: 0, effects: 0, bindings: 0, cleanups: 0, handlers: 0, timers: 0, listeners: 0, handles: 0, survivors: [] });
    assert.deepEqual([output.listeners, input.listeners, app.stats().listeners], [0, 0, 0]);
    assert.equal(await app.unmount(), report);
  });

  test('leaves out effects that never belonged to the app, which stats() counts', async () => {
    const count = signal(0);
    const app = mountSync(() => text({ content: () => `${count.value}` }), { output: new Stream(), width: 20, height: 5 });
    const before = app.stats().ownerlessEffects;
    const stop = effect(() => void count.value);
    const { effects, survivors } = await app.unmount();
    assert.deepEqual([effects, survivors, app.stats().ownerlessEffects], [0, [], before + 1]);
    stop();
    assert.equal(app.stats().ownerlessEffects, before);
  });

  test('names what survives by where it was made: a root without an end, a timer of the app\'s clock', async () => {
    const count = signal(0);
    let stop: (() => void) | null = null;
    const app = mountSync(() => {
      text({ content: 'x' });
      stop = effect.root(function forgotten() {
        effect(() => void count.value);
      });
    }, { output: new Stream(), width: 20, height: 5, trackCreation: true });
    const { timers } = (app as unknown as HasInside)[INSIDE];
    const timer = timers.setTimer(60_000, () => undefined);
    const report = await app.unmount();
    assert.deepEqual([report.scopes, report.effects, report.timers], [1, 1, 1]);
    assert.match(report.survivors.join('\n'), /a timer of 60000 ms, set at .*unmount-report\.test/);
    assert.match(report.survivors.join('\n'), /an effect made at forgotten .*unmount-report\.test/);
    timers.clearTimer(timer);
    (stop as unknown as () => void)();
  });
});
