import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteBuffer } from './byte-buffer.ts';
import { changeModes } from './mode-change.ts';
import { enterBytes, FULLSCREEN_MODES, leaveBytes, type TerminalModes } from './modes.ts';

/** Modes that are on after the bytes; kitty as its stack of flags. */
function state(text: string): string {
  const on = new Set<string>();
  const kitty: string[] = [];
  for (const [, prefix, parameter, final] of text.matchAll(/\[([?<>=])(\d*)([hlu])/g)) {
    if (final === 'h') on.add(parameter!);
    else if (final === 'l') on.delete(parameter!);
    else if (prefix === '>') kitty.push(parameter!);
    else if (prefix === '<') kitty.pop();
    else kitty[kitty.length - 1] = parameter!;
  }
  on.delete('7');
  on.delete('25');
  return `${[...on].sort().join(' ')} kitty ${kitty.join()}`;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const arbitraryModes: fc.Arbitrary<TerminalModes> = fc.record({
  mouse: fc.constantFrom('none' as const, 'clicks' as const, 'drags' as const, 'motion' as const),
  bracketedPaste: fc.boolean(),
  focus: fc.boolean(),
  kittyKeyboard: fc.constantFrom(0, 1, 7, 31),
  colorScheme: fc.boolean(),
  inBandResize: fc.boolean(),
  synchronized: fc.boolean(),
  graphemeClusters: fc.boolean(),
  margins: fc.boolean(),
}).map((modes) => ({ ...FULLSCREEN_MODES, ...modes }));

test('from any modes to any others: as if entered with those, and leaving those leaves nothing', () => {
  fc.assert(
    fc.property(arbitraryModes, arbitraryModes, (from, to) => {
      const change = new ByteBuffer();
      changeModes(from, to, change);
      const both = text(enterBytes(from)) + text(change.view());
      assert.equal(state(both), state(text(enterBytes(to))));
      assert.equal(state(both + text(leaveBytes(to))), ' kitty ');
    }),
  );
});

test('equal modes write nothing', () => {
  const out = new ByteBuffer();
  changeModes(FULLSCREEN_MODES, { ...FULLSCREEN_MODES }, out);
  assert.equal(out.length, 0);
});
