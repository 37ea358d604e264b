import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Color, converter } from 'culori';
import fc from 'fast-check';
import { COLOR_DEFAULT, COLOR_TRANSPARENT, COLOR_UNSET, paletteColor, paletteIndex, paletteToRgb } from './colour.ts';
import { type ColorDepth, reduceColor } from './colour-depth.ts';
import { colorDepthFromEnv } from './colour-depth-env.ts';

type Lab = Color & { a: number };
const oklab = converter('oklab');
const distance = (p: Lab, q: Lab): number => Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);
const lab = (rgb: number): Lab => oklab(`#${(rgb & 0xff_ffff).toString(16).padStart(6, '0')}`) as Lab;
const entries = Array.from({ length: 256 }, (_, i) => lab(paletteToRgb(i)));

describe('reduceColor', () => {
  test('finds the palette entry that culori finds nearest in OKLab', () => {
    const depth = fc.constantFrom<ColorDepth>(4, 8);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xff_ffff }), depth, (rgb, bits) => {
        const wanted = lab(rgb);
        const index = paletteIndex(reduceColor((0xff00_0000 | rgb) >>> 0, bits));
        const [first, end] = bits === 8 ? [16, 256] : [0, 16];
        assert.ok(index >= first && index < end);
        const least = Math.min(...entries.slice(first, end).map((entry) => distance(wanted, entry)));
        assert.ok(distance(wanted, entries[index]!) <= least + 1e-9, `#${rgb.toString(16)}: ${index}`);
      }),
      { numRuns: 400 },
    );
  });

  test('a colour of the palette is found again, whatever else was looked for before', () => {
    for (let round = 0; round < 2; round++) {
      for (let i = 16; i < 256; i++) {
        const found = paletteIndex(reduceColor(paletteToRgb(i), 8));
        assert.equal(paletteToRgb(found), paletteToRgb(i));
        for (let n = 0; n < 40; n++) reduceColor((0xff00_0000 | Math.imul(i * 41 + n, 0x9e3779)) >>> 0, 8);
      }
    }
  });

  test('palette colours stay palette colours: the first sixteen unchanged, the rest the nearest of those at depth 4', () => {
    for (let i = 0; i < 256; i++) {
      assert.equal(reduceColor(paletteColor(i), 24), paletteColor(i));
      assert.equal(reduceColor(paletteColor(i), 8), paletteColor(i));
      const named = reduceColor(paletteColor(i), 4);
      if (i < 16) assert.equal(named, paletteColor(i));
      else assert.equal(named, reduceColor(paletteToRgb(i), 4));
    }
    assert.equal(reduceColor(paletteColor(196), 4), paletteColor(9));
  });

  test('the terminal default is no colour: it stays what it is, black stays black', () => {
    for (const depth of [4, 8, 24] as const) {
      for (const color of [COLOR_UNSET, COLOR_DEFAULT, COLOR_TRANSPARENT]) assert.equal(reduceColor(color, depth), color);
    }
    assert.equal(reduceColor(0xff00_0000, 4), paletteColor(0));
    assert.equal(reduceColor(0xff00_0000, 8), paletteColor(16));
    assert.equal(reduceColor(0xffff_8000, 1), 0);
    assert.equal(reduceColor(paletteColor(3), 1), 0);
  });
});

describe('colorDepthFromEnv', () => {
  const cases: [Record<string, string>, ColorDepth][] = [
    [{}, 1],
    [{ TERM: 'xterm-256color' }, 8],
    [{ TERM: 'xterm' }, 4],
    [{ TERM: 'linux' }, 4],
    [{ TERM: 'vt100' }, 1],
    [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 1],
    [{ TERM: 'xterm-kitty' }, 24],
    [{ TERM: 'alacritty' }, 24],
    [{ TERM: 'xterm-direct' }, 24],
    [{ TERM: 'tmux-256color' }, 8],
    [{ TERM: 'screen.xterm-256color' }, 8],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 24],
    [{ TERM: 'xterm-256color', COLORTERM: '24bit' }, 24],
    [{ TERM: 'something', COLORTERM: 'yes' }, 4],
    [{ TERM: 'something' }, 1],
    [{ TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1' }, 1],
    [{ TERM: 'xterm-256color', NO_COLOR: '' }, 8],
    [{ TERM: 'dumb', NO_COLOR: '1', FORCE_COLOR: '3' }, 24],
    [{ TERM: 'xterm-256color', FORCE_COLOR: '0' }, 1],
    [{ TERM: 'xterm-256color', FORCE_COLOR: 'false' }, 1],
    [{ FORCE_COLOR: '' }, 4],
    [{ FORCE_COLOR: 'true' }, 4],
    [{ FORCE_COLOR: '2' }, 8],
    [{ FORCE_COLOR: 'constructor' }, 1],
    [{ CI: 'true', GITHUB_ACTIONS: 'true' }, 24],
    [{ CI: 'true', GITLAB_CI: 'true', TERM: 'xterm-256color' }, 8],
    [{ CI: 'true', TERM: 'xterm-256color' }, 1],
    [{ CI: 'false', TERM: 'xterm-256color' }, 8],
    [{ TF_BUILD: 'True', AGENT_NAME: 'a' }, 4],
    [{ TEAMCITY_VERSION: '9.1.0 (build 32523)' }, 4],
    [{ TEAMCITY_VERSION: '8.0' }, 1],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }, 24],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, 8],
    [{ WT_SESSION: 'guid' }, 24],
    [{ OS: 'Windows_NT' }, 24],
  ];
  for (const [env, depth] of cases) {
    test(`${JSON.stringify(env)} promises ${depth}`, () => assert.equal(colorDepthFromEnv(env), depth));
  }
});
