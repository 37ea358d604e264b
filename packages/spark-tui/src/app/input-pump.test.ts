import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ManualClock } from '../base/index.ts';
import type { InputEvent } from '../terminal/index.ts';
import { InputPump } from './input-pump.ts';

function show(event: InputEvent): string {
  switch (event.type) {
    case 'key':
      return event.key;
    case 'mouse':
      return `${event.shift ? 'shift+' : ''}${event.action} ${event.button} ${event.x},${event.y}`;
    case 'paste':
      return `paste '${event.text}'${event.truncated ? ' truncated' : ''}`;
    default:
      return event.type;
  }
}

function pumped(): { clock: ManualClock; pump: InputPump; seen: string[]; feed(text: string): void } {
  const clock = new ManualClock();
  const seen: string[] = [];
  const pump = new InputPump(clock, (event) => seen.push(show(event)));
  return { clock, pump, seen, feed: (text) => pump.feed(new TextEncoder().encode(text)) };
}

describe('silences', () => {
  test('ESC alone is Escape 25 ms later; with more behind it in time it is not', () => {
    const { clock, seen, feed } = pumped();
    feed('\x1b');
    clock.tick(24);
    assert.deepEqual(seen, []);
    clock.tick(1);
    assert.deepEqual(seen, ['Escape']);
    feed('\x1b');
    clock.tick(20);
    feed('[A');
    clock.tick(1000);
    assert.deepEqual(seen, ['Escape', 'ArrowUp']);
    assert.equal(clock.pendingTimers, 0);
  });

  test('a paste without an end is delivered after 5 s without bytes, marked; then keys are keys again', () => {
    const { clock, pump, seen, feed } = pumped();
    feed('\x1b[200~abc');
    clock.tick(4900);
    feed('def\x03');
    clock.tick(4999);
    assert.deepEqual(seen, [], 'bytes came in between');
    clock.tick(1);
    assert.deepEqual(seen, ["paste 'abcdef\ufffd' truncated"]);
    assert.equal(pump.timers, 0);
    feed('\x03');
    assert.deepEqual(seen.slice(1), ['c']);
    assert.equal(clock.pendingTimers, 0);
  });

  test('a reply without an end is given up after 5 s and leaks no key', () => {
    const { clock, pump, seen, feed } = pumped();
    feed('\x1b]11;rgb:1');
    clock.tick(25);
    assert.deepEqual([seen, pump.timers], [[], 1]);
    clock.tick(5000);
    assert.deepEqual([seen, pump.timers], [['unknown'], 0]);
  });

  test('no timer waits while nothing is unfinished, and none after close', () => {
    const { clock, pump, feed } = pumped();
    feed('a\x1b[A\x1b[200~x\x1b[201~');
    assert.equal(clock.pendingTimers, 0);
    feed('\x1b[200~half');
    assert.equal(clock.pendingTimers, 1);
    assert.equal(pump.heldBytes, 4);
    pump.close();
    assert.deepEqual([clock.pendingTimers, pump.heldBytes], [0, 0]);
  });
});

describe('mouse moves', () => {
  test('of one read become the last of them', () => {
    const { seen, feed } = pumped();
    feed(Array.from({ length: 500 }, (_, i) => `\x1b[<35;${1 + (i % 80)};${1 + (i % 24)}M`).join(''));
    assert.deepEqual(seen, [`move none ${499 % 80},${499 % 24}`]);
  });

  test('never cross another event, another button or other modifiers', () => {
    const { seen, feed } = pumped();
    feed('\x1b[<35;1;1M\x1b[<35;2;1Ma\x1b[<35;3;1M\x1b[<0;3;1M\x1b[<32;4;1M\x1b[<32;5;1M\x1b[<34;6;1M\x1b[<36;7;1M\x1b[<36;8;1M\x1b[<0;8;1m\x1b[<64;8;1M\x1b[<64;8;1M');
    assert.deepEqual(seen, [
      'move none 1,0',
      'a',
      'move none 2,0',
      'press left 2,0',
      'drag left 4,0',
      'drag right 5,0',
      'shift+drag left 7,0',
      'release left 7,0',
      'wheel wheelUp 7,0',
      'wheel wheelUp 7,0',
    ]);
  });

  test('are delivered with their read, not kept for the next', () => {
    const { clock, seen, feed } = pumped();
    feed('\x1b[<35;1;1M');
    feed('\x1b[<35;2;1M');
    assert.deepEqual(seen, ['move none 0,0', 'move none 1,0']);
    assert.equal(clock.pendingTimers, 0);
  });
});
