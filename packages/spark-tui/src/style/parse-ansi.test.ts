import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAnsi, stripAnsi, type TextPart } from './index.ts';

const ESC = '\u001b';

/** The style of the last part. */
function styleOf(sequence: string): Omit<TextPart, 'text'> {
  const { text, ...style } = parseAnsi(`${sequence}x`).at(-1) as TextPart;
  assert.equal(text, 'x');
  return style;
}

test('attributes go on and off', () => {
  const cases: [string, Omit<TextPart, 'text'>, string][] = [
    ['1', { bold: true }, '22'],
    ['2', { dim: true }, '22'],
    ['3', { italic: true }, '23'],
    ['4', { underline: 'single' }, '24'],
    ['21', { underline: 'double' }, '24'],
    ['4:3', { underline: 'curly' }, '4:0'],
    ['4:4', { underline: 'dotted' }, '24'],
    ['4:5', { underline: 'dashed' }, '24'],
    ['5', { blink: true }, '25'],
    ['6', { blink: true }, '25'],
    ['7', { inverse: true }, '27'],
    ['8', { hidden: true }, '28'],
    ['9', { strikethrough: true }, '29'],
  ];
  for (const [on, style, off] of cases) {
    assert.deepEqual(styleOf(`${ESC}[${on}m`), style, on);
    assert.deepEqual(styleOf(`${ESC}[${on}m${ESC}[${off}m`), {}, `${on} then ${off}`);
    assert.deepEqual(styleOf(`${ESC}[3;${on}m${ESC}[m`), {}, `${on} then reset`);
  }
  assert.deepEqual(styleOf(`${ESC}[1;3;4m`), { bold: true, italic: true, underline: 'single' });
  assert.deepEqual(styleOf(`${ESC}[1;0;3m`), { italic: true });
});

test('colours in all their forms', () => {
  const cases: [string, Omit<TextPart, 'text'>][] = [
    ['30', { fg: 'ansi:0' }],
    ['37', { fg: 'ansi:7' }],
    ['90', { fg: 'ansi:8' }],
    ['97', { fg: 'ansi:15' }],
    ['41', { bg: 'ansi:1' }],
    ['107', { bg: 'ansi:15' }],
    ['38;5;196', { fg: 'ansi:196' }],
    ['38:5:196', { fg: 'ansi:196' }],
    ['48;5;3', { bg: 'ansi:3' }],
    ['38;2;1;2;3', { fg: 0x01_0203 }],
    ['38:2:1:2:3', { fg: 0x01_0203 }],
    ['38:2::1:2:3', { fg: 0x01_0203 }],
    ['48;2;255;255;255', { bg: 0xff_ffff }],
    ['58;5;2', { underlineColor: 'ansi:2' }],
    ['58:2::9:8:7', { underlineColor: 0x09_0807 }],
    ['38;5;1;1', { fg: 'ansi:1', bold: true }],
    ['38;2;0;0;0;3', { fg: 0, italic: true }],
    ['38:5:1;4', { fg: 'ansi:1', underline: 'single' }],
    ['31;39', {}],
    ['41;49', {}],
    ['58;5;1;59', {}],
  ];
  for (const [sequence, style] of cases) assert.deepEqual(styleOf(`${ESC}[${sequence}m`), style, sequence);
});

test('sequences that make no sense change nothing', () => {
  const senseless = ['38', '38;5', '38;2;1;2', '38;5;256', '38;2;256;0;0', '38:2:1:2', '38;9;1', '4:9', '73', '1:2', '?1', '>4;2', '1?'];
  for (const sequence of senseless) assert.deepEqual(styleOf(`${ESC}[${sequence}m`), {}, sequence);
  assert.deepEqual(styleOf(`${ESC}[1 m`), {}, 'an intermediate byte makes it another sequence');
  assert.deepEqual(styleOf(`${ESC}[${'0;'.repeat(10_000)}1m`), {}, 'what is beyond 256 parameters is not read');
});

test('links are kept when they are safe', () => {
  const link = (address: string): string => `${ESC}]8;;${address}${ESC}\\`;
  assert.deepEqual(parseAnsi(`a${link('https://x/ä')}b${link('')}c`), [{ text: 'a' }, { text: 'b', link: 'https://x/%C3%A4' }, { text: 'c' }]);
  assert.deepEqual(parseAnsi(`${ESC}]8;id=7;https://x\u0007b`), [{ text: 'b', link: 'https://x' }]);
  assert.deepEqual(parseAnsi(`${link('javascript:x')}b`), [{ text: 'b' }]);
  assert.deepEqual(parseAnsi(`${link('https://x')}${link('javascript:x')}b`), [{ text: 'b' }], 'a refused link ends the one before');
  assert.deepEqual(parseAnsi(`${link('https://x')}${ESC}[0mb`), [{ text: 'b', link: 'https://x' }], 'SGR 0 is not about links');
});

test('everything else is removed as a whole', () => {
  const removed = [
    `${ESC}[2J`, `${ESC}[?1049h`, `${ESC}[38;5H`, '\u009b2J', `${ESC}]0;title\u0007`, `${ESC}]52;c;aGk=${ESC}\\`, '\u009d0;title\u009c',
    `${ESC}P1$r0m${ESC}\\`, `${ESC}_Gf=100;AAAA${ESC}\\`, `${ESC}^pm${ESC}\\`, `${ESC}Xsos${ESC}\\`, `${ESC}c`, `${ESC}(0`, `${ESC}#8`, `${ESC}7`,
    '\u0000', '\u0007', '\b', '\r', '\u007f', '\u0085', '\u009c', `${ESC}P bell \u0007 inside ${ESC}\\`, `${ESC}Psixel\nlines${ESC}\\`,
  ];
  for (const sequence of removed) assert.equal(stripAnsi(`a${sequence}b`), 'ab', JSON.stringify(sequence));
  assert.deepEqual(parseAnsi(`a${removed.join('')}b`), [{ text: 'ab' }]);
});

test('line ends and tabs stay, and text around sequences is one part', () => {
  assert.deepEqual(parseAnsi(`a\n\t${ESC}[Kb\r\nc`), [{ text: 'a\n\tb\nc' }]);
  assert.deepEqual(parseAnsi(''), []);
  const plain = 'nothing to do, héllo 漢字';
  assert.equal(stripAnsi(plain), plain);
});

test('sequences that are cut off or interrupted', () => {
  assert.equal(stripAnsi(`a${ESC}`), 'a');
  assert.equal(stripAnsi(`a${ESC}[`), 'a');
  assert.equal(stripAnsi(`a${ESC}[1;3`), 'a');
  assert.equal(stripAnsi(`a${ESC}[1\nb`), 'a\nb');
  assert.equal(stripAnsi(`a${ESC}[漢`), 'a漢');
  assert.deepEqual(parseAnsi(`a${ESC}[${ESC}[1mb`), [{ text: 'a' }, { text: 'b', bold: true }]);
  assert.equal(stripAnsi(`a${ESC}]0;t\u0018b`), 'ab');
  assert.deepEqual(parseAnsi(`${ESC}]0;t${ESC}[1mb`), [{ text: 'b', bold: true }]);
  assert.equal(stripAnsi(`${ESC}]0;never ends\nnext line`), '\nnext line');
  assert.equal(stripAnsi(`${ESC}]${'x'.repeat(5000)}`), 'x'.repeat(904), 'no more than 4,096 characters are lost');
});

test('a megabyte of beginnings takes no longer than a megabyte of text', () => {
  for (const piece of [`${ESC}]`, `${ESC}[`, `${ESC}P`, ESC, '\u009d', `${ESC}]8;;`, `${ESC}[0;`]) {
    const soup = piece.repeat(Math.ceil((1 << 20) / piece.length));
    const start = performance.now();
    stripAnsi(soup);
    const ms = performance.now() - start;
    assert.ok(ms < 1000, `${JSON.stringify(piece)}: ${ms.toFixed(0)} ms`);
  }
});

test('property: no control survives, whatever comes', () => {
  const piece = fc.oneof(
    fc.constantFrom(ESC, `${ESC}[`, `${ESC}]`, `${ESC}]8;;`, `${ESC}P`, `${ESC}_`, '\u009b', '\u009d', '\u0090', '\u009c', `${ESC}\\`, '\u0007', '\u0018'),
    fc.constantFrom('m', '1;31m', '38:2', '0', ';', ':', 'https://x', 'H', ' ', '\n', '\t', '漢', '\ud800'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const parts = parseAnsi(text);
      for (const part of parts) {
        assert.notEqual(part.text, '');
        // oxlint-disable-next-line no-control-regex -- what must be gone
        assert.doesNotMatch(String(part.text), /[\0-\x08\x0b-\x1f\x7f-\x9f]/);
        if (part.link !== undefined) assert.match(part.link, /^https:[\x21-\x3a\x3c-\x7e]*$/);
      }
      assert.equal(stripAnsi(text), parts.map((part) => part.text).join(''));
    }),
    { numRuns: 1000 },
  );
});

test('property: parts written as sequences come back', () => {
  const color = fc.oneof(
    fc.integer({ min: 0, max: 255 }).map((n) => `ansi:${n}`),
    fc.integer({ min: 0, max: 0xff_ffff }),
    fc.constant(undefined),
  );
  const on = fc.constantFrom(true, undefined);
  const part = fc.record({
    text: fc.string({ unit: fc.constantFrom('a', '漢', 'e\u0301', ' ', '\n', '👩‍🚀'), minLength: 1, maxLength: 5 }),
    fg: color,
    bg: color,
    bold: on,
    dim: on,
    italic: on,
    underline: fc.constantFrom('single', 'double', 'curly', 'dotted', 'dashed', undefined),
    underlineColor: color,
    blink: on,
    inverse: on,
    hidden: on,
    strikethrough: on,
    link: fc.constantFrom('https://x/a', 'mailto:x@y', undefined),
  });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.boolean(), (parts, colons) => {
      const given = parts.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
      const written = parts.map((one) => encode(one as TextPart, colons)).join('');
      assert.deepEqual(parseAnsi(written), given);
    }),
  );
});

/** One part with nothing left over from the one before. */
function encode(part: TextPart, colons: boolean): string {
  const params = ['0'];
  const paint = (base: number, color: unknown): void => {
    if (typeof color === 'string') params.push(colons ? `${base}:5:${color.slice(5)}` : `${base};5;${color.slice(5)}`);
    if (typeof color !== 'number') return;
    const channels = [color >> 16, (color >> 8) & 255, color & 255];
    params.push(colons ? `${base}:2::${channels.join(':')}` : `${base};2;${channels.join(';')}`);
  };
  paint(38, part.fg);
  paint(48, part.bg);
  paint(58, part.underlineColor);
  const flags = [part.bold, part.dim, part.italic, undefined, part.blink, undefined, part.inverse, part.hidden, part.strikethrough];
  flags.forEach((flag, n) => {
    if (flag === true) params.push(String([1, 2, 3, 0, 5, 0, 7, 8, 9][n]));
  });
  const styles = ['none', 'single', 'double', 'curly', 'dotted', 'dashed'];
  if (part.underline !== undefined) params.push(`4:${styles.indexOf(part.underline as string)}`);
  return `${ESC}]8;;${part.link ?? ''}${ESC}\\${ESC}[${params.join(';')}m${part.text}`;
}
