/**
 * Content is data: whatever a text shows, a part holds or a link leads to, the terminal gets cells and nothing that
 * steers it. Judged by an emulator nobody here wrote, through the whole road.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { graphemes, sanitise, stringWidth } from '../../packages/spark-tui/src/text/index.ts';
import { box, text, type TextContent } from '../../packages/spark-tui/src/ui/index.ts';
import { Emulator } from '../oracle/emulator.ts';

const ESC = '\u001b';
const COLS = 60;
const ROWS = 6;

/** Attacks, and pieces of which more can be made. */
const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(
    `${ESC}]0;PWNED\u0007`, `${ESC}]2;PWNED${ESC}\\`, `${ESC}]52;c;UFdORUQ=\u0007`, `${ESC}[2J`, `${ESC}[3J`, `${ESC}c`, `${ESC}[?1049h`, `${ESC}[?1000h`,
    `${ESC}[?25l`, `${ESC}[6n`, `${ESC}[21t`, `${ESC}P$qm${ESC}\\`, `${ESC}_Gf=100;AAAA${ESC}\\`, `${ESC}]8;;javascript:x${ESC}\\`, `${ESC}(0`, `${ESC}[5;5r`,
    '\u009b2J', '\u009d0;PWNED\u009c', '\u0090q\u009c', `${ESC}[38;5;1m`, `${ESC}[=1u`, `${ESC}[>1u`, `${ESC}#8`, `${ESC}=`, '\u000e', '\u000f', '\u0005',
  ) },
  { weight: 2, arbitrary: fc.constantFrom(ESC, '[', ']', '\u0007', '\u009b', '\u009c', '\u0000', '\u0008', '\u007f', '\u0085', '\r', '\r\n', '\n', '\u2028', 'm', 'J', ';', '2', 'h') },
  { weight: 2, arbitrary: fc.constantFrom('\u202e', '\u2066', '\u2069', '\u200e', '\u200f', '\u061c', '\ufeff', '\u{e0001}', '\ud800', '\udfff', '\uffff', '\u{1fffe}', '\u00ad', '\u200b') },
  { weight: 2, arbitrary: fc.constantFrom('a', ' ', 'name.txt', '漢', 'é', 'Z\u0351\u0351', '👩‍🚀', '🏴', `${'\u0351'.repeat(40)}`) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
);
const content = fc.array(hostile, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));

/** What the renderer may write; everything else that is no printable character is an intruder. */
// oxlint-disable-next-line no-control-regex -- sequences are what this is about
const OURS = /\u001b\[[\d;:]*[mHGdABCDEFKJXP@LMSTr]|\u001b\[\?2026[hl]|\u001b\]8;(?:id=[\w.-]+)?;[\x21-\x3a\x3c-\x7e]*(?:\u001b\\|\u0007)|\u001b[DEM]|[\r\n\b]/g;
// oxlint-disable-next-line no-control-regex -- and so is this
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/;

/** Plays what the app writes and checks that nothing but cells changed. */
function play(app: TestApp): Emulator {
  const alphabet = new Set<string>();
  for (let y = 0; y < ROWS; y++) for (let x = 0; x < COLS; x++) alphabet.add(app.cell(x, y).char);
  const emulator = new Emulator({ cols: COLS, rows: ROWS, alphabet: [...alphabet] });
  const { terminal } = emulator;
  const happened: string[] = [];
  terminal.onTitleChange((title) => happened.push(`title ${title}`));
  terminal.onBell(() => happened.push('bell'));
  terminal.onData((data) => happened.push(`reply ${JSON.stringify(data)}`));
  for (const osc of [4, 9, 10, 11, 22, 52, 777, 1337]) {
    terminal.parser.registerOscHandler(osc, () => happened.push(`OSC ${osc}`) > 0);
  }
  terminal.parser.registerDcsHandler({ final: 'q' }, () => happened.push('DCS') > 0);
  const modes = JSON.stringify(terminal.modes);
  const bytes = app.bytes();
  emulator.write(bytes);
  assert.deepEqual(happened, []);
  assert.equal(JSON.stringify(terminal.modes), modes);
  assert.equal(terminal.buffer.active.type, 'normal');
  assert.doesNotMatch(new TextDecoder().decode(bytes).replace(OURS, ''), CONTROLS);
  return emulator;
}

function assertSameCells(app: TestApp, emulator: Emulator): void {
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLS; x++) {
      const { char, width } = app.cell(x, y);
      const shown = emulator.cell(x, y);
      assert.deepEqual([shown.getChars() || (width === 0 ? '' : ' '), shown.getWidth()], [char, width], `cell ${x},${y}`);
    }
  }
}

describe('content is data', () => {
  test('property: a text shows its sanitised form, and the terminal is as it was', () => {
    fc.assert(
      fc.property(content, (given) => {
        using app = createTestApp(() => text({ content: given, wrap: 'nowrap' }), { width: COLS, height: ROWS });
        const lines = sanitise(given).replaceAll('\t', '').split('\n').slice(0, ROWS);
        const wanted = lines.map((line) => graphemes(line).filter((cluster) => stringWidth(cluster) > 0).join('').trimEnd());
        const emulator = play(app);
        if (!given.includes('\t') && lines.every((line) => stringWidth(line) <= COLS)) {
          assert.deepEqual(app.text().split('\n').map((line) => line.trimEnd()), [...wanted, ...Array<string>(ROWS).fill('')].slice(0, ROWS));
        }
        assertSameCells(app, emulator);
      }),
      { numRuns: 120 },
    );
  });

  test('property: the same holds for parts, ansi text, links, wrapped and truncated text', () => {
    const texts = fc.record({
      plain: content,
      part: content,
      link: content.map((rest) => `https://${rest}`),
      ansi: content,
      wrap: fc.constantFrom('wrap', 'truncate', 'truncate-middle'),
    });
    fc.assert(
      fc.property(texts, ({ plain, part, link, ansi, wrap }) => {
        using app = createTestApp(
          () =>
            box({
              children: () => {
                text({ content: [plain, { text: part, link, bold: true }] as TextContent, wrap, height: 2, link: plain } as Parameters<typeof text>[0]);
                text({ content: ansi, ansi: true, height: 2 });
                text({ content: plain, id: part, align: 'right', link });
              },
            }),
          { width: COLS, height: ROWS },
        );
        const emulator = play(app);
        assertSameCells(app, emulator);
        for (const warning of app.warnings) assert.doesNotMatch(warning, CONTROLS);
      }),
      { numRuns: 80 },
    );
  });
});
