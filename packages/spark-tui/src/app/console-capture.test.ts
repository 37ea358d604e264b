/** Taking over what the process prints, on the real console and streams of this process. */
/* oxlint-disable no-control-regex, no-console -- escape sequences are looked for, the console is tested */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { captureConsole, formatValues } from './console-capture.node.ts';

/** Captures what `print` prints. Nothing but that may write meanwhile: the test runner talks over stdout. */
function captured(print: () => void, writesByStream = false): string[] {
  const texts: string[] = [];
  const release = captureConsole(process.stdout, writesByStream, (text) => texts.push(text));
  try {
    print();
  } finally {
    release();
  }
  return texts;
}

describe('while an app has the terminal', () => {
  for (const writesByStream of [false, true]) {
    test(`console.log is taken${writesByStream ? ', where the stream is needed by the app' : ''}, and everything is as before afterwards`, () => {
      const { log } = console;
      const { write } = process.stdout;
      const own = Object.hasOwn(process.stdout, 'write');
      assert.deepEqual(captured(() => console.log('a %s', 'b', 1), writesByStream), ['a b 1\n']);
      assert.equal(console.log, log);
      assert.equal(process.stdout.write, write);
      assert.equal(Object.hasOwn(process.stdout, 'write'), own);
    });
  }

  test('lines written in pieces are taken whole; what is left at the end is taken, too', () => {
    const texts = captured(() => {
      process.stdout.write('one ');
      process.stdout.write(new TextEncoder().encode('line\ntwo'));
      process.stdout.write('3\n');
      process.stdout.write('rest');
    });
    assert.deepEqual(texts, ['one line\n', 'two3\n', 'rest']);
  });

  test('characters cut between two writes arrive whole', () => {
    const bytes = new TextEncoder().encode('中\n');
    const texts = captured(() => {
      process.stdout.write(bytes.subarray(0, 2));
      process.stdout.write(bytes.subarray(2));
    });
    assert.deepEqual(texts, ['中\n']);
  });

  test('the callback of a write is called, and the encoding is honoured', async () => {
    let texts: string[] = [];
    await new Promise<void>((resolve) => {
      texts = captured(() => process.stdout.write('6869', 'hex', () => resolve()));
    });
    assert.deepEqual(texts, ['hi']);
  });

  test('of several apps the latest gets what is printed, whoever ends first', () => {
    const { write } = process.stdout;
    const first: string[] = [];
    const second: string[] = [];
    const releaseFirst = captureConsole(process.stdout, false, (text) => first.push(text));
    const releaseSecond = captureConsole(process.stdout, false, (text) => second.push(text));
    console.log('to the second');
    releaseSecond();
    console.log('to the first');
    releaseFirst();
    releaseFirst();
    assert.equal(process.stdout.write, write);
    assert.deepEqual([first, second], [['to the first\n'], ['to the second\n']]);
  });

  test('who replaced the stream\'s write after us keeps their replacement, which goes on to the real one', () => {
    const { write } = process.stdout;
    const release = captureConsole(process.stdout, false, () => undefined);
    const ours = process.stdout.write;
    const theirs = ((...args: Parameters<typeof write>) => ours.apply(process.stdout, args)) as typeof write;
    process.stdout.write = theirs;
    release();
    assert.equal(process.stdout.write, theirs);
    process.stdout.write = write;
  });
});

test('values are formatted as console.log does it', () => {
  assert.equal(formatValues(['%d of %s', 1, 'two', { a: [1] }], false), '1 of two { a: [ 1 ] }');
  assert.match(formatValues([{ a: 1 }], true), /\x1b\[33m1\x1b\[39m/);
});
