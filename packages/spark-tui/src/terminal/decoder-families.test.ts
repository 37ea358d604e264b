/**
 * Whole families of input sequences, every member of them, against the rule that makes the family. The rules are those of
 * the sources named, written here a second time and apart from the decoder's tables.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Decoder } from './decoder.ts';
import type { InputEvent } from './input-events.ts';

const FLAGS = ['shift', 'alt', 'ctrl', 'super', 'hyper', 'meta', 'caps', 'num'] as const;

function decode(bytes: string | Uint8Array): InputEvent[] {
  const decoder = new Decoder();
  const events: InputEvent[] = [];
  decoder.feed(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, (event) => events.push(event));
  decoder.timeout((event) => events.push(event));
  return events;
}

/** `ctrl+shift+key:release "text"`, modifiers in the order of the kitty mask. */
function key(bytes: string | Uint8Array): string {
  const events = decode(bytes);
  assert.equal(events.length, 1, `${JSON.stringify(bytes)} gives ${events.length} events`);
  const [event] = events;
  if (event?.type !== 'key') return event?.type ?? 'nothing';
  const mods = FLAGS.filter((flag) => event[flag]).map((flag) => `${flag}+`).join('');
  return `${mods}${event.key}${event.event === 'press' ? '' : `:${event.event}`}`;
}

const modsOf = (mask: number): string => FLAGS.filter((_, bit) => (mask & (1 << bit)) !== 0).map((flag) => `${flag}+`).join('');

// xterm ctlseqs, "PC-Style Function Keys"; rxvt and VT220 numbers.
const LETTERS = { A: 'ArrowUp', B: 'ArrowDown', C: 'ArrowRight', D: 'ArrowLeft', E: 'NumpadBegin', F: 'End', H: 'Home', P: 'F1', Q: 'F2', R: 'F3', S: 'F4' };
const NUMBERS = {
  1: 'Home', 2: 'Insert', 3: 'Delete', 4: 'End', 5: 'PageUp', 6: 'PageDown', 7: 'Home', 8: 'End', 11: 'F1', 12: 'F2', 13: 'F3', 14: 'F4', 15: 'F5',
  17: 'F6', 18: 'F7', 19: 'F8', 20: 'F9', 21: 'F10', 23: 'F11', 24: 'F12', 25: 'F13', 26: 'F14', 28: 'F15', 29: 'F16', 31: 'F17', 32: 'F18', 33: 'F19', 34: 'F20',
};

describe('legacy keys', () => {
  test('CSI and SS3 letters, CSI numbers, with every modifier and event', () => {
    for (const [letter, name] of Object.entries(LETTERS)) {
      if (letter !== 'R') assert.equal(key(`\x1b[${letter}`), name);
      assert.equal(key(`\x1bO${letter}`), name);
      for (let mask = 1; mask < 256; mask++) {
        // CSI 1 ; n R with n to 256 is a key as long as no cursor report is awaited.
        assert.equal(key(`\x1b[1;${mask + 1}${letter}`), modsOf(mask) + name);
        assert.equal(key(`\x1b[1;${mask + 1}:3${letter}`), `${modsOf(mask)}${name}:release`);
      }
    }
    for (const [number, name] of Object.entries(NUMBERS)) {
      assert.equal(key(`\x1b[${number}~`), name);
      for (let mask = 1; mask < 256; mask++) {
        assert.equal(key(`\x1b[${number};${mask + 1}~`), modsOf(mask) + name);
        assert.equal(key(`\x1b[${number};${mask + 1}:2~`), `${modsOf(mask)}${name}:repeat`);
      }
    }
  });

  test('rxvt: $ is shift, ^ ctrl, @ both; lower-case letters are shifted (CSI) and ctrl (SS3) arrows', () => {
    for (const [number, name] of Object.entries(NUMBERS)) {
      assert.equal(key(`\x1b[${number}^`), `ctrl+${name}`);
      assert.equal(key(`\x1b[${number}@`), `shift+ctrl+${name}`);
      if (number.length === 1 && '235678'.includes(number)) assert.equal(key(`\x1b[${number}$`), `shift+${name}`);
    }
    for (const [letter, name] of [['a', 'ArrowUp'], ['b', 'ArrowDown'], ['c', 'ArrowRight'], ['d', 'ArrowLeft']]) {
      assert.equal(key(`\x1b[${letter}`), `shift+${name}`);
      assert.equal(key(`\x1bO${letter}`), `ctrl+${name}`);
    }
  });

  test('ESC and any one byte is that key with alt; ESC ESC and a key as well', () => {
    for (let byte = 0x20; byte < 0x7f; byte++) {
      const character = String.fromCharCode(byte);
      const upper = byte >= 0x41 && byte <= 0x5a;
      const name = byte === 0x20 ? 'Space' : character.toLowerCase();
      assert.equal(key(`\x1b${character}`), `${upper ? 'shift+' : ''}alt+${name}`);
    }
    const controls: Record<number, string> = { 0: 'ctrl+Space', 8: 'Backspace', 9: 'Tab', 13: 'Enter', 27: 'Escape', 28: 'ctrl+\\', 29: 'ctrl+]', 30: 'ctrl+^', 31: 'ctrl+_' };
    for (let byte = 0; byte < 0x20; byte++) {
      const name = controls[byte] ?? `ctrl+${String.fromCharCode(byte + 0x60)}`;
      if (byte !== 27) assert.equal(key(Uint8Array.of(byte)), name);
      assert.equal(key(Uint8Array.of(0x1b, byte)), `alt+${name}`);
    }
    for (const [letter, name] of Object.entries(LETTERS)) if (letter !== 'R') assert.equal(key(`\x1b\x1b[${letter}`), `alt+${name}`);
    for (const [number, name] of Object.entries(NUMBERS)) assert.equal(key(`\x1b\x1b[${number}~`), `alt+${name}`);
  });
});

describe('keys by number', () => {
  test('kitty: every modifier mask, event and functional number; what lies outside is no key', () => {
    for (let mask = 0; mask < 256; mask++) {
      for (const [number, event] of [[1, ''], [2, ':repeat'], [3, ':release']] as const) {
        assert.equal(key(`\x1b[97;${mask + 1}:${number}u`), `${modsOf(mask)}a${event}`);
        assert.equal(key(`\x1b[57399;${mask + 1}:${number}u`), `${modsOf(mask)}Numpad0${event}`);
      }
    }
    const names = new Set<string>();
    for (let code = 57344; code <= 57454; code++) names.add(key(`\x1b[${code}u`));
    assert.equal(names.has('unknown'), false);
    assert.equal(names.size, 111, 'every functional number has a name of its own');
    for (const code of ['57455', '63743', '55296', '57343', '1114112', '4294967295', '0', '1', '155', '']) {
      assert.equal(key(`\x1b[${code}u`), 'unknown', code);
    }
  });

  test('modifyOtherKeys says the same in both of its forms', () => {
    for (const code of [8, 9, 13, 27, 32, 39, 48, 64, 65, 90, 97, 122, 127, 233, 1078, 20320, 128512]) {
      for (let mask = 0; mask < 16; mask++) {
        assert.deepEqual(decode(`\x1b[27;${mask + 1};${code}~`), decode(`\x1b[${code};${mask + 1}u`), `${code} with ${mask}`);
      }
    }
  });
});

describe('the mouse', () => {
  const BUTTONS = ['left', 'middle', 'right'];

  test('every button, modifier and motion, alike in SGR, urxvt and X10', () => {
    for (let mods = 0; mods < 8; mods++) {
      const bits = mods << 2;
      for (const [code, action, button] of [
        ...BUTTONS.flatMap((name, i) => [[i, 'press', name], [i + 32, 'drag', name]] as const),
        [35, 'move', 'none'], [64, 'wheel', 'wheelUp'], [65, 'wheel', 'wheelDown'], [66, 'wheel', 'wheelLeft'], [67, 'wheel', 'wheelRight'],
        [128, 'press', 'back'], [129, 'press', 'forward'], [160, 'drag', 'back'], [161, 'drag', 'forward'],
      ] as const) {
        const expected = [{ type: 'mouse', action, button, x: 11, y: 6, shift: (mods & 1) !== 0, alt: (mods & 2) !== 0, ctrl: (mods & 4) !== 0 }];
        assert.deepEqual(decode(`\x1b[<${code + bits};12;7M`), expected);
        assert.deepEqual(decode(`\x1b[${code + bits + 32};12;7M`), expected);
        assert.deepEqual(decode(Uint8Array.of(0x1b, 0x5b, 0x4d, code + bits + 32, 12 + 32, 7 + 32)), expected);
        if (action === 'press') assert.deepEqual(decode(`\x1b[<${code + bits};12;7m`), [{ ...expected[0], action: 'release' }]);
      }
    }
  });

  test('coordinates: pixels as they are, below 1 clamped, a button that cannot be unknown', () => {
    const at = (report: string): unknown => {
      const [event] = decode(report);
      return event?.type === 'mouse' ? [event.x, event.y] : event?.type;
    };
    assert.deepEqual(at('\x1b[<0;1;1M'), [0, 0]);
    assert.deepEqual(at('\x1b[<0;0;0M'), [0, 0]);
    assert.deepEqual(at('\x1b[<0;3840;2160M'), [3839, 2159]);
    for (const report of ['\x1b[<130;1;1M', '\x1b[<192;1;1M', '\x1b[<256;1;1M', '\x1b[<0;1M', '\x1b[<0;1;2;3M', '\x1b[<64;1;1m', '\x1b[<0;-1;2M', '\x1b[<0;1.5;2M']) {
      assert.equal(at(report), 'unknown', report);
    }
  });
});

describe('replies', () => {
  test('every state of every mode report, between two keys', () => {
    for (const mode of [4, 20, 69, 1006, 1016, 1049, 2004, 2026, 2027, 2031, 2048, 5522]) {
      for (let value = 0; value <= 4; value++) {
        for (const mark of ['', '?']) {
          const events = decode(`a\x1b[${mark}${mode};${value}$yb`);
          assert.deepEqual(events[1], { type: 'response', kind: 'decrpm', private: mark === '?', mode, value });
          assert.deepEqual([events.length, events[0]?.type, events[2]?.type], [3, 'key', 'key']);
        }
      }
    }
  });

  test('strings end with ST or BEL, are cancelled by CAN and SUB, and interrupted by any other sequence', () => {
    for (const start of [']11;rgb:1/2/3', ']52;c;aGk=', ']4;1;rgb:0/0/0', ']99;i=1;x', 'P>|term 1', 'P1$r0m', '_Gi=1;OK', '^pm', 'Xsos']) {
      for (const end of start.startsWith(']') ? ['\x1b\\', '\x07'] : ['\x1b\\']) {
        const events = decode(`\x1b${start}${end}z`);
        assert.deepEqual(events.map(({ type }) => type), [/^[\^X]/.test(start) ? 'unknown' : 'response', 'key'], start);
      }
      for (const cancel of ['\x18', '\x1a']) assert.deepEqual(decode(`\x1b${start}${cancel}z`).map(({ type }) => type), ['unknown', 'key']);
      for (const next of ['\x1b[A', '\x1bOA', '\x1bx', '\x1b[<0;1;1M', '\x1b[200~p\x1b[201~', '\x1b[I']) {
        const [broken, ...rest] = decode(`\x1b${start}${next}`);
        assert.equal(broken?.type, 'unknown');
        assert.deepEqual(rest, decode(next), `${start} before ${JSON.stringify(next)}`);
      }
    }
  });
});

describe('Windows key records', () => {
  const record = (vk: number, unit: number, down: number, state: number, count = 1): string => `\x1b[${vk};0;${unit};${down};${state};${count}_`;

  test('letters with every modifier, pressed and released', () => {
    for (let vk = 0x41; vk <= 0x5a; vk++) {
      const letter = String.fromCharCode(vk + 0x20);
      const unit = vk + 0x20;
      assert.equal(key(record(vk, unit, 1, 0)), letter);
      assert.equal(key(record(vk, unit, 0, 0)), `${letter}:release`);
      assert.equal(key(record(vk, vk, 1, 0x10)), `shift+${letter}`);
      assert.equal(key(record(vk, vk - 0x40, 1, 0x08)), `ctrl+${letter}`);
      assert.equal(key(record(vk, vk - 0x40, 1, 0x04)), `ctrl+${letter}`);
      assert.equal(key(record(vk, unit, 1, 0x02)), `alt+${letter}`);
      assert.equal(key(record(vk, unit, 1, 0x80)), `caps+${letter}`);
      assert.equal(key(record(vk, unit, 1, 0x20)), `num+${letter}`);
    }
  });

  test('function keys, and a character without a key', () => {
    for (let i = 1; i <= 24; i++) assert.equal(key(record(111 + i, 0, 1, 0)), `F${i}`);
    const [typed] = decode(record(0, 0xe9, 1, 0));
    assert.ok(typed?.type === 'key' && typed.key === 'é' && typed.text === 'é');
  });
});
