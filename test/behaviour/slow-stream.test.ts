/**
 * An app shown through a socket (SSH, a browser, another process) whose other side reads slowly: frames merge, what
 * waits is bounded, and the other side ends with the last state.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { mountSync } from '../../packages/spark-tui/src/app/index.node.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { text } from '../../packages/spark-tui/src/ui/index.ts';
import { Emulator } from '../oracle/emulator.ts';

const COLS = 100;
const ROWS = 30;
/** More than any system keeps of a socket nobody reads. */
const FRAMES = 6000;

/** Two ends of a connection. */
async function connected(): Promise<{ near: Socket; far: Socket; close(): void }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as { port: number };
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const near = connect(address.port, '127.0.0.1');
  const [far] = await accepted;
  return {
    near,
    far,
    close: () => {
      near.destroy();
      far.destroy();
      server.close();
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function noise(seed: number): string {
  let shown = '';
  for (let y = 0; y < ROWS; y++) {
    if (y > 0) shown += '\n';
    for (let x = 0; x < COLS; x++) shown += String.fromCharCode(33 + ((seed * 31 + x * 7 + y * 13) % 90));
  }
  return shown;
}

describe('a socket whose other side does not read', () => {
  test('holds one frame, merges the others, and gets the last state in the end', async () => {
    const { near, far, close } = await connected();
    try {
      const content = signal(noise(0));
      const app = mountSync(() => text({ content }), { output: near as never, width: COLS, height: ROWS, maxFps: Infinity });
      let mostWaiting = 0;
      for (let i = 1; i <= FRAMES && app.stats().mergedFrames < 50; i++) {
        content.value = noise(i);
        app.flush();
        mostWaiting = Math.max(mostWaiting, near.writableLength);
        if (i % 8 === 0) await turn();
      }
      assert.ok(app.stats().mergedFrames >= 50, 'the socket took everything');
      // One frame of 3,000 cells is below 16 KB; the socket says stop at its high-water mark.
      assert.ok(mostWaiting <= near.writableHighWaterMark + 16_384, `${mostWaiting} bytes waited`);
      content.value = 'the last state';
      app.flush();

      const emulator = new Emulator({ cols: COLS, rows: ROWS });
      let first = '';
      far.on('data', (bytes: Buffer) => {
        emulator.write(bytes);
        first = '';
        for (let x = 0; x < 14; x++) first += emulator.cell(x, 0).getChars() || ' ';
      });
      const deadline = Date.now() + 10_000;
      while (first !== 'the last state' && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
      assert.equal(first, 'the last state');
      assert.equal(emulator.cell(50, 20).getChars(), '', 'cells of older frames are gone');
      assert.equal(near.writableLength, 0);
      await app.unmount();
      assert.deepEqual(
        ['drain', 'resize'].map((event) => near.listenerCount(event)),
        [0, 0],
      );
    } finally {
      close();
    }
  });

  test('ends the app when it is closed', async () => {
    const { near, far, close } = await connected();
    try {
      const content = signal('shown');
      const app = mountSync(() => text({ content }), { output: near as never, width: 20, height: 2 });
      const exit = app.waitForExit();
      far.destroy();
      assert.equal(await exit, 'hangup');
      assert.equal(app.stats().nodes, 0);
    } finally {
      close();
    }
  });
});
