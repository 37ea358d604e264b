/** A monkey at the keyboard of an example, on a real pseudo-terminal. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generator } from '../oracle/vt-random.ts';
import { startPty } from '../pty/harness.ts';
import { monkeyInput, monkeySize } from './monkey-input.ts';

/** The examples that wait for a person, and the keys that would end them. */
export const EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['hello', '\x1b\x03'],
  ['counter', 'q\x1b\x03'],
  ['dashboard/main', 'q\x1b\x03'],
  ['form', '\x1b\x03\x11'],
]);

const STEP_MS = 15;
/** Least side of a window that a person could have made. */
const LEAST = 2;

/**
 * Plays `name` for `ms`, then ends it by Ctrl+C. It has to end with code 0, or with a key that ends it, the terminal as
 * it was, and nothing on it that looks like an error.
 */
export async function playExample(name: string, seed: number, ms: number): Promise<void> {
  const random = generator(seed);
  const file = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples', `${name}.js`);
  let size = { cols: 80, rows: 24 };
  const pty = startPty(file, size);
  const sent: string[] = [];
  let ended = false;
  void pty.exit.then(() => {
    ended = true;
  }, () => undefined);
  try {
    await pty.until(() => pty.alternate || ended, 'the first frame');
    const endAtMs = performance.now() + ms;
    while (!ended && performance.now() < endAtMs) {
      if (random(12) === 0) {
        const { cols, rows } = monkeySize(random);
        size = { cols: Math.max(LEAST, cols), rows: Math.max(LEAST, rows) };
        sent.push(`${size.cols} × ${size.rows}`);
        pty.resize(size.cols, size.rows);
      } else {
        const bytes = monkeyInput(random, { ...size, spared: EXAMPLES.get(name) ?? '' });
        sent.push(JSON.stringify(bytes));
        pty.send(bytes);
      }
      await new Promise((resolve) => void setTimeout(resolve, STEP_MS));
    }
    // Behind what may be half a sequence or a paste that never ends.
    for (let tries = 0; !ended && tries < 50; tries++) {
      pty.send('\x1b[201~\x1b\\\x03');
      await new Promise((resolve) => void setTimeout(resolve, 100));
    }
    assert.ok(ended, 'Ctrl+C does not end it');
    const exit = await pty.exit;
    assert.deepEqual(pty.modes.left(), [], 'modes left on');
    assert.deepEqual(exit, { status: 0, lineRestored: true });
    assert.doesNotMatch(pty.lines().join('\n'), /Error|\bat .*:\d+:\d+/);
  } catch (error) {
    throw new Error(`${name}, seed ${seed}, last: ${sent.slice(-8).join(' ')}\n${(error as Error).stack}\n${pty.output.slice(-600)}`, { cause: error });
  } finally {
    if (!ended) pty.close();
  }
}
