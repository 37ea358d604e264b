import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { enterBytes, FULLSCREEN_MODES, leaveBytes, type MouseTracking, type TerminalModes } from './modes.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Modes left on after the bytes, as `+n` or `-n`; kitty as `kitty`. */
function leftOn(bytes: string): string[] {
  const on = new Map<string, boolean>([['7', true], ['25', true]]);
  let kitty = 0;
  for (const [, prefix, parameter, final] of bytes.matchAll(/\[([?<>])(\d*)([hlu])/g)) {
    if (final === 'u') kitty += prefix === '>' ? 1 : -1;
    else on.set(parameter, final === 'h');
  }
  const left = [...on].filter(([mode, value]) => value !== (mode === '7' || mode === '25')).map(([mode]) => mode);
  return kitty === 0 ? left : [...left, 'kitty'];
}

describe('terminal modes', () => {
  test('whatever was declared, leaving switches off all that entering switched on', () => {
    for (let bits = 0; bits < 256; bits++) {
      for (const mouse of ['none', 'clicks', 'drags', 'motion'] satisfies MouseTracking[]) {
        const modes: TerminalModes = {
          fullscreen: (bits & 1) !== 0,
          hideCursor: (bits & 2) !== 0,
          mouse,
          bracketedPaste: (bits & 4) !== 0,
          focus: (bits & 8) !== 0,
          kittyKeyboard: (bits & 16) !== 0 ? 5 : 0,
          colorScheme: (bits & 32) !== 0,
          inBandResize: (bits & 64) !== 0,
          synchronized: false,
          nowrap: (bits & 128) !== 0,
          graphemeClusters: (bits & 32) !== 0,
          margins: (bits & 16) !== 0,
        };
        const entered = text(enterBytes(modes));
        assert.deepEqual(leftOn(entered + text(leaveBytes(modes))), []);
        if (mouse !== 'none') assert.notDeepEqual(leftOn(entered), []);
      }
    }
  });

  test('the keyboard is popped on the screen it was pushed on, and the cursor comes last', () => {
    const modes = { ...FULLSCREEN_MODES, kittyKeyboard: 1, synchronized: true };
    const entered = text(enterBytes(modes));
    assert.ok(entered.indexOf('[?1049h') < entered.indexOf('[>1u'));
    const left = text(leaveBytes(modes));
    const order = ['[?2026l', '[m', '[r', '[?1003l', '[?2004l', '[<u', '[?1049l', '[?7h', '[?25h'].map((sequence) => left.indexOf(sequence));
    assert.ok(!order.includes(-1));
    assert.deepEqual(order, [...order].sort((a, b) => a - b));
  });
});
