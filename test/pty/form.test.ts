/**
 * A form used as a person uses it, on real terminals: typing, editing, selecting, pasting, clicking, dragging, turning the
 * wheel, going through with Tab; with the kitty keyboard protocol and without, and in tmux. Each must show the same.
 */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { fixture, type PtyProgram, runtimeCommand, startPty } from './harness.ts';
import { hasTmux, Tmux } from './tmux.ts';

/** A terminal with the form on it. */
interface Driver {
  send(bytes: string): void;
  /** Waits until the screen is exactly this. */
  shows(golden: string, what: string): Promise<void>;
}

/** Keys as a terminal sends them; the kitty protocol also tells when they are let go. */
interface Keys {
  readonly left: string;
  readonly home: string;
  readonly shiftLeft: string;
  readonly shiftEnd: string;
  readonly undo: string;
  readonly wordBack: string;
  readonly tab: string;
  readonly backTab: string;
  readonly enter: string;
  readonly down: string;
  readonly toggle: string;
}

const LEGACY: Keys = {
  left: '\x1b[D',
  home: '\x1b[H',
  shiftLeft: '\x1b[1;2D',
  shiftEnd: '\x1b[1;2F',
  undo: '\x1a',
  wordBack: '\x17',
  tab: '\t',
  backTab: '\x1b[Z',
  enter: '\r',
  down: '\x1b[B',
  toggle: '\x1b[24~',
};
const KITTY: Keys = {
  left: '\x1b[D\x1b[1;1:3D',
  home: '\x1b[H\x1b[1;1:3H',
  shiftLeft: '\x1b[1;2D\x1b[1;2:3D\x1b[57441;1:3u',
  shiftEnd: '\x1b[1;2F\x1b[1;2:3F',
  undo: '\x1b[122;5u\x1b[122;5:3u',
  wordBack: '\x1b[119;5u\x1b[119;5:3u',
  tab: '\t',
  backTab: '\x1b[9;2u',
  enter: '\r',
  down: '\x1b[B\x1b[1;1:3B',
  toggle: '\x1b[24~\x1b[24;1:3~',
};

const mouse = (code: number, x: number, y: number, final = 'M'): string => `\x1b[<${code};${x + 1};${y + 1}${final}`;
const press = (x: number, y: number): string => mouse(0, x, y);
const drag = (x: number, y: number): string => mouse(32, x, y);
const release = (x: number, y: number): string => mouse(0, x, y, 'm');
const click = (x: number, y: number): string => press(x, y) + release(x, y);

/** The whole screen at a moment of the form. */
function golden({ name = 'your name', mail = 'your address', button = '[Send]', sent = 0, level = 0, first = 1, thumb = ['█', '', ''], status }: {
  name?: string;
  mail?: string;
  button?: string;
  sent?: number;
  level?: number;
  first?: number;
  thumb?: string[];
  status: string;
}): string {
  return [
    'Select this sentence',
    'with the mouse, please.',
    `Name  ${name}`,
    `Mail  ${mail}`,
    `${button} sent ${sent}`,
    `${`${'='.repeat(level)}o`.padEnd(10)} level ${level}`,
    ...thumb.map((bar, i) => `row ${first + i}`.padEnd(11) + bar),
    status,
  ]
    .map((row) => row.trimEnd())
    .join('\n');
}

/** Uses all of the form. */
async function useForm(form: Driver, keys: Keys): Promise<void> {
  await form.shows(golden({ status: '|||app' }), 'the form');
  // Typing, editing: the caret by cluster, selecting with Shift, undo, a word back.
  form.send('Adq 漢x');
  await form.shows(golden({ name: 'Adq 漢x', status: 'Adq 漢x|||app' }), 'what was typed');
  form.send(`\x7f${keys.left}${keys.left}${keys.shiftLeft}`);
  form.send('a');
  await form.shows(golden({ name: 'Ada 漢', status: 'Ada 漢|||app' }), 'a letter typed over');
  form.send(keys.home + keys.shiftEnd);
  form.send('\x1b[200~Lady\nAda\x1b[201~');
  await form.shows(golden({ name: 'Lady Ada', status: 'Lady Ada|||app' }), 'all replaced by a paste, in one line');
  form.send(keys.wordBack);
  await form.shows(golden({ name: 'Lady', status: 'Lady |||app' }), 'a word deleted');
  form.send(keys.undo);
  await form.shows(golden({ name: 'Lady Ada', status: 'Lady Ada|||app' }), 'and undone');
  // Tab goes on, a click comes back and sets the caret, a drag selects in the field.
  form.send(`${keys.tab}a@b`);
  await form.shows(golden({ name: 'Lady Ada', mail: 'a@b', status: 'Lady Ada|a@b||app' }), 'the second field');
  form.send(`${click(10, 2)},`);
  await form.shows(golden({ name: 'Lady, Ada', mail: 'a@b', status: 'Lady, Ada|a@b||app' }), 'typed at the click');
  form.send(press(6, 2) + drag(9, 2) + drag(12, 2) + release(12, 2));
  form.send('\x7f');
  await form.shows(golden({ name: 'Ada', mail: 'a@b', status: 'Ada|a@b||app' }), 'what was dragged over deleted');
  // The button: by mouse, by Tab and Enter; Shift+Tab goes back.
  form.send(click(2, 4));
  await form.shows(golden({ name: 'Ada', mail: 'a@b', button: '<Send>', sent: 1, status: 'Ada|a@b||app' }), 'the button clicked');
  form.send(keys.backTab + keys.tab + keys.enter);
  await form.shows(golden({ name: 'Ada', mail: 'a@b', button: '<Send>', sent: 2, status: 'Ada|a@b||app' }), 'the button pressed');
  // The slider follows the mouse, also outside; the list turns by wheel and key.
  form.send(press(0, 5) + drag(3, 5) + drag(7, 9) + release(7, 9));
  await form.shows(golden({ name: 'Ada', mail: 'a@b', button: '<Send>', sent: 2, level: 7, status: 'Ada|a@b||app' }), 'the slider dragged');
  form.send(mouse(65, 2, 7) + keys.tab + keys.down);
  await form.shows(golden({ name: 'Ada', mail: 'a@b', sent: 2, level: 7, first: 5, thumb: ['', '▅', '▅'], status: 'Ada|a@b||app' }), 'the list scrolled by 4');
  // Text on the screen, over a soft line break; Ctrl+C copies it.
  form.send(press(7, 0) + drag(9, 0) + drag(7, 1) + release(7, 1));
  form.send(keys === KITTY ? '\x1b[99;5u\x1b[99;5:3u' : '\x03');
  await form.shows(golden({ name: 'Ada', mail: 'a@b', sent: 2, level: 7, first: 5, thumb: ['', '▅', '▅'], status: 'Ada|a@b|copied 22|app' }), 'text copied');
  // The mouse goes to the terminal and comes back.
  form.send(keys.toggle);
  await form.shows(golden({ name: 'Ada', mail: 'a@b', sent: 2, level: 7, first: 5, thumb: ['', '▅', '▅'], status: 'Ada|a@b|copied 22|terminal' }), 'the mouse handed over');
}

const COPIED = `\x1b]52;c;${Buffer.from('this sentence with the').toString('base64')}`;

let program: PtyProgram | null = null;
let tmux: Tmux | null = null;

afterEach(() => {
  program?.close();
  program = null;
  tmux?.close();
  tmux = null;
});

/** Blanks at the end of a row may be written or not. */
function trimmed(screen: string): string {
  return screen.replace(/ +$/gm, '').trimEnd();
}

function driver(pty: PtyProgram): Driver {
  return {
    send: (bytes) => pty.send(bytes),
    shows: (screen, what) => pty.until((shown) => trimmed(shown) === screen, `${what}:\n${screen}\n`),
  };
}

describe('a form', () => {
  for (const [name, keys] of [
    ['without the kitty keyboard protocol', LEGACY],
    ['with it', KITTY],
  ] as const) {
    test(name, async () => {
      let asked = '';
      const pty = startPty(fixture('form'), {
        cols: 44,
        rows: 12,
        respond: (written, answer) => {
          if (keys !== KITTY || asked.includes('\x1b[c')) return;
          asked += written;
          if (asked.includes('\x1b[c')) answer('\x1b[?0u\x1b[?62;22c');
        },
      });
      program = pty;
      if (keys === KITTY) await pty.until(() => pty.modes.log.includes('+kitty'), 'the protocol switched on');
      await useForm(driver(pty), keys);
      assert.ok(pty.output.includes(COPIED), 'the text is in the clipboard');
      for (const mode of [1000, 1002, 1003]) assert.ok(!pty.modes.isOn(mode), `mode ${mode} off while the terminal has the mouse`);
      pty.send(keys.toggle);
      await pty.until((screen) => screen.includes('|app'), 'the mouse taken back');
      for (const mode of [1000, 1002, 1003, 1006]) assert.ok(pty.modes.isOn(mode), `mode ${mode} on again`);
      pty.send(keys === KITTY ? '\x1b[99;5u' : '\x03');
      assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
      assert.deepEqual(pty.modes.left(), []);
    });
  }

  test('in tmux', { skip: !hasTmux() }, async () => {
    const shell = `exec ${[...runtimeCommand(), fixture('form')].map((part) => `'${part}'`).join(' ')}`;
    const pane = new Tmux({ cols: 44, rows: 12, shell });
    tmux = pane;
    pane.run('set', '-s', 'set-clipboard', 'on');
    await useForm(
      {
        send: (bytes) => void pane.run('send-keys', '-H', ...[...Buffer.from(bytes)].map((byte) => byte.toString(16).padStart(2, '0'))),
        shows: (screen, what) => pane.until((shown) => trimmed(shown) === screen, `${what}:\n${screen}\n`),
      },
      LEGACY,
    );
    assert.equal(pane.run('display-message', '-p', '#{mouse_any_flag}').trim(), '0', 'tmux has the mouse');
    assert.equal(pane.run('show-buffer').trimEnd(), 'this sentence with the', 'tmux took the copied text');
  });
});
