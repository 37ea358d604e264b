/** The form of the examples on a pseudo-terminal and in tmux: typed, edited, pasted, clicked and left as by a person. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type PtyOptions, type PtyProgram, startPty } from './harness.ts';
import { hasTmux, Tmux } from './tmux.ts';

const FORM = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples', 'form.js');

let program: PtyProgram | null = null;
let tmux: Tmux | null = null;

function form(options: PtyOptions = {}): PtyProgram {
  program = startPty(FORM, { cols: 70, rows: 24, ...options });
  return program;
}

afterEach(() => {
  program?.close();
  program = null;
  tmux?.close();
  tmux = null;
});

/** Plays a terminal with the kitty keyboard protocol: says so when asked. */
const kitty: PtyOptions = {
  respond: (written, answer) => {
    if (written.includes('\x1b[?u')) answer('\x1b[?0u');
  },
};

describe('a form on a terminal', () => {
  for (const [name, options, keys] of [
    ['without the kitty protocol', {}, { tab: '\t', enter: '\r', left: '\x1b[1;5D', selectHome: '\x1b[1;2H', undo: '\x1a', escape: '\x1b' }],
    [
      'with the kitty protocol',
      kitty,
      { tab: '\x1b[9u', enter: '\x1b[13u', left: '\x1b[1;5D', selectHome: '\x1b[1;2H', undo: '\x1b[122;5u', escape: '\x1b[27u' },
    ],
  ] as const) {
    test(`${name}: type, edit, select, undo, paste, click, submit, leave`, async () => {
      const pty = form(options);
      await pty.until((screen) => screen.includes('│Ada Lovelace'), 'the placeholder');
      pty.send('Ada King');
      await pty.until((screen) => screen.includes('│Ada King '));
      pty.send(`${keys.left}${keys.selectHome}Countess `);
      await pty.until((screen) => screen.includes('│Countess King '), 'the selection replaced');
      pty.send(keys.undo.repeat(2));
      await pty.until((screen) => screen.includes('│Ada King '), 'the text before');
      pty.send(`${keys.tab}x\x1b[200~ada@example.org\n\x1b[201~`);
      await pty.until((screen) => screen.includes('│xada@example.org '), 'the paste');
      // A click before the second letter; the row of the field is the seventh.
      pty.send('\x1b[<0;15;7M\x1b[<0;15;7m\x7f');
      await pty.until((screen) => screen.includes('│ada@example.org '), 'the first letter deleted');
      pty.send(`${keys.enter}Ja`);
      await pty.until((screen) => screen.includes('│Japan'), 'a suggestion');
      pty.send(`${keys.tab}${keys.tab}enigma12${keys.enter}`);
      await pty.until((screen) => screen.includes('••••••••') && screen.includes('Welcome, Ada King!'), 'the form submitted');
      assert.ok(!pty.screen().includes('enigma'));
      pty.send(keys.escape);
      const exit = await pty.exit;
      assert.deepEqual(pty.modes.left(), [], 'modes left on');
      assert.deepEqual(exit, { status: 0, lineRestored: true });
    });
  }

  test('what was copied, and who has the mouse, is on the screen', async () => {
    const pty = form();
    await pty.until((screen) => screen.includes('│Ada Lovelace'), 'the placeholder');
    pty.send('Ada');
    await pty.until((screen) => screen.includes('│Ada '));
    pty.send('\x1b[<0;2;3M\x1b[<32;5;3M\x1b[<0;5;3m\x03');
    await pty.until((screen) => screen.includes('Copied 4 characters'), 'the label copied');
    pty.send('\x16');
    await pty.until((screen) => screen.includes('│AdaName '), 'and put into the field');
    pty.send('\x1b[24~');
    await pty.until((screen) => screen.includes('F12 takes it back'), 'the mouse handed over');
    pty.send('\x1b[24~');
    await pty.until((screen) => !screen.includes('F12 takes it back'), 'and taken back');
    pty.send('\x1b');
    assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
  });

  test('in tmux: the cursor is at the caret, a paste goes into the field', { skip: !hasTmux() }, async () => {
    const server = new Tmux({ cols: 70, rows: 24, shell: `${process.execPath} ${FORM}; sleep 30` });
    tmux = server;
    await server.until((screen) => screen.includes('Ada Lovelace'), 'the form');
    const cursor = (): string => server.run('display', '-p', '#{cursor_x},#{cursor_y} #{cursor_flag}').trim();
    server.keys('a', 'b', 'c', 'Left');
    await server.until(() => cursor() === '15,2 1', 'the cursor before the last letter');
    server.run('set-buffer', '漢字');
    server.run('paste-buffer', '-p');
    await server.until((screen) => screen.includes('│ab漢字c '), 'the paste');
    await server.until(() => cursor() === '19,2 1', 'the cursor behind the paste');
    server.keys('Tab');
    await server.until(() => cursor() === '13,6 1', 'the cursor in the next field');
    server.keys('Escape');
    await server.until((screen) => !screen.includes('Country'), 'the end');
  });
});
