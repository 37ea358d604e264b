/** Input in bulk, through a whole app: one paste is one event, floods are bounded, and what never ends is given up. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, onKey, text } from '../../packages/spark-tui/src/ui/index.ts';

const READ_BYTES = 65_536;

/** An app that counts what it gets. */
function counting(): { app: TestApp; keys: string[]; pastes: string[]; moves: string[] } {
  const keys: string[] = [];
  const pastes: string[] = [];
  const moves: string[] = [];
  const shown = signal('nothing');
  const app = createTestApp(
    () => {
      onKey((event) => void keys.push(event.key));
      box({
        width: '100%',
        height: '100%',
        onPaste: (event) => {
          pastes.push(event.text);
          shown.value = `${event.text.length} pasted`;
        },
        onMouseMove: (event) => void moves.push(`${event.x},${event.y}`),
        children: () => text({ content: () => shown.value }),
      });
    },
    { width: 80, height: 24 },
  );
  return { app, keys, pastes, moves };
}

function inReads(app: TestApp, bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += READ_BYTES) app.send(bytes.subarray(i, i + READ_BYTES));
}

describe('a paste', () => {
  test('of megabytes is one event, with line ends and controls made harmless', () => {
    const { app, keys, pastes } = counting();
    const line = 'a line of text, é 你 👩‍🚀\r\n';
    const pasted = Buffer.from(line.repeat(40_000));
    inReads(app, Buffer.concat([Buffer.from('\x1b[200~'), pasted, Buffer.from('\x1b[2J\x1b[201~')]));
    assert.deepEqual([keys, pastes.length], [[], 1]);
    assert.ok(pastes[0] === `${'a line of text, é 你 👩‍🚀\n'.repeat(40_000)}\ufffd[2J`, 'another text');
    assert.match(app.text(), /^\d+ pasted/);
    assert.equal(app.stats().inputBytes, 0);
    app.unmount();
  });

  test('whose end never comes is delivered after 5 s of silence, and keys work again', () => {
    const { app, keys, pastes } = counting();
    app.send('\x1b[200~half');
    app.press('x');
    assert.deepEqual([keys, pastes], [[], []]);
    app.clock.tick(4999);
    assert.deepEqual(pastes, []);
    app.clock.tick(1);
    assert.deepEqual(pastes, ['halfx']);
    assert.equal(app.stats().timers, 0);
    app.press('ctrl+c');
    assert.equal(app.exited, true);
    app.unmount();
  });
});

describe('a flood', () => {
  test('of an OSC without an end makes no key, holds no memory, and is given up after 5 s', () => {
    const { app, keys } = counting();
    inReads(app, Buffer.concat([Buffer.from('\x1b]11;'), Buffer.alloc(4 << 20, 'A')]));
    assert.deepEqual(keys, []);
    assert.ok(app.stats().inputBytes < 16_384, `${app.stats().inputBytes} bytes held`);
    app.clock.tick(5000);
    app.press('q');
    assert.deepEqual(keys, ['q']);
    app.unmount();
  });

  test('of mouse moves becomes one move a read, the last one included', () => {
    const { app, moves } = counting();
    const reports = Array.from({ length: 20_000 }, (_, i) => `\x1b[<35;${1 + (i % 80)};${1 + (i % 24)}M`).join('');
    const bytes = Buffer.from(reports);
    inReads(app, bytes);
    assert.ok(moves.length <= Math.ceil(bytes.length / READ_BYTES), `${moves.length} moves handled`);
    assert.equal(moves.at(-1), `${19_999 % 80},${19_999 % 24}`);
    app.unmount();
  });

  test('of a million mouse moves is bounded work and memory, in reads of any size', () => {
    const reports = Buffer.from(Array.from({ length: 1_000_000 }, (_, i) => `\x1b[<35;${1 + (i % 80)};${1 + (i % 24)}M`).join(''));
    for (const readBytes of [READ_BYTES, 4096]) {
      const { app, moves } = counting();
      const start = process.cpuUsage();
      for (let i = 0; i < reports.length; i += readBytes) app.send(reports.subarray(i, i + readBytes));
      const { user, system } = process.cpuUsage(start);
      const limit = Math.ceil(reports.length / readBytes);
      assert.ok(moves.length <= limit, `${moves.length} moves handled of ${limit} reads`);
      assert.equal(moves.at(-1), `${999_999 % 80},${999_999 % 24}`);
      assert.ok(user + system < 2_000_000, `${(user + system) / 1000} ms of CPU`);
      app.unmount();
    }
  });
});
