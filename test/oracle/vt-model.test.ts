/**
 * The model of a terminal against `@xterm/headless`: random programs of all that both have must leave
 * the same cells. What the model has alone (left and right margins) is checked by hand.
 * `SPARK_FUZZ_RUNS=n` plays n times as many programs.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Emulator, shownCell } from './emulator.ts';
import { generator } from './vt-random.ts';
import { VtModel } from './vt-model.ts';

const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));

type Random = (below: number) => number;

const TEXT = ['a', 'b', 'X', '0', 'é', '│', 'ö'];
const WIDE = ['中', '文', '한'];
const RENDITIONS = ['', '0', ';1', '1', '4', '4:3', '22', '24', '7', '27', '31', '97', '39', '41', '104', '49', '38;5;200', '48;5;17', '38;2;1;2;3', '48;2;255;128;0', '9', '29', '3', '23'];

/** A random sequence both know. SU and SD come with the default background: xterm.js does not fill with the pen's there. */
function step(random: Random, cols: number, rows: number): string {
  const n = (most: number): string => (random(3) === 0 ? '' : String(1 + random(most)));
  switch (random(22)) {
    case 0:
      return `\u001b[${n(rows)};${n(cols)}H`;
    case 1:
      return `\u001b[${n(cols)}${'CDG'[random(3)]}`;
    case 2:
      return `\u001b[${n(rows)}${'ABd'[random(3)]}`;
    case 3:
      return ['\r', '\n', '\b', '\u001bD', '\u001bM', '\r\n'][random(6)];
    case 4:
      return `\u001b[${n(cols)}G\u001b[${['J', 'K', 'K', '2J'][random(4)]}`;
    case 5:
      return `\u001b[${n(cols)}X`;
    case 6:
      return `\u001b[${n(cols)}${'@P'[random(2)]}`;
    case 7:
      return `\u001b[${n(rows)}${'LM'[random(2)]}`;
    case 8:
      return `\u001b[49m\u001b[${n(rows)}${'ST'[random(2)]}`;
    case 9: {
      const top = 1 + random(rows);
      return random(2) === 0 ? '\u001b[r' : `\u001b[${top};${top + random(rows)}r`;
    }
    case 10:
      return `\rz\u001b[${1 + random(cols - 1)}b`;
    case 11:
    case 12:
    case 13:
      return `\u001b[${RENDITIONS[random(RENDITIONS.length)]}m`;
    case 14:
    case 15:
      // Never in the last column: what terminals do there differs, and the encoder does not write one.
      return `\u001b[${1 + random(cols - 1)}G${WIDE[random(WIDE.length)]}`;
    default:
      return TEXT[random(TEXT.length)];
  }
}

describe('the model of a terminal', () => {
  test('shows the same cells as @xterm/headless after random programs', () => {
    for (let seed = 1; seed <= 150 * RUNS; seed++) {
      const random = generator(seed);
      const cols = 3 + random(30);
      const rows = 2 + random(10);
      const emulator = new Emulator({ cols, rows });
      const model = new VtModel(cols, rows);
      emulator.write('\u001b[?7l');
      let program = '';
      for (let i = 0; i < 120; i++) {
        // After the last column terminals disagree; the encoder moves first, so this does.
        const next = (model.isAtEnd ? '\r' : '') + step(random, cols, rows);
        program += next;
        emulator.write(next);
        model.write(next);
        if (i % 10 !== 9) continue;
        for (let y = 0; y < rows; y++) {
          for (let x = 0; x < cols; x++) {
            const [want, got] = [shownCell(emulator.cell(x, y), true), shownCell(model.cell(x, y), true)];
            if (want !== got) assert.fail(`seed ${seed}, ${cols}x${rows}, cell ${x},${y}: xterm ${want}, model ${got} after ${JSON.stringify(program)}`);
          }
        }
      }
    }
  });

  test('scrolls only what lies between left and right margins, and homes the cursor', () => {
    const model = new VtModel(6, 4);
    model.write('aaaaaa\r\nbbbbbb\r\ncccccc\r\ndddddd\u001b[?69h\u001b[2;4s\u001b[2;4r\u001b[S\u001b[?69l\u001b[rZ');
    const rows = [0, 1, 2, 3].map((y) => Array.from({ length: 6 }, (_, x) => model.cell(x, y).text || ' ').join(''));
    assert.deepEqual(rows, ['Zaaaaa', 'bcccbb', 'cdddcc', 'd   dd']);
    assert.ok(model.isWhole);
  });

  test('knows nothing but what it models', () => {
    const model = new VtModel(6, 4);
    for (const unknown of ['\u001b[1J', '\u001b[5n', '\u001b]0;x\u0007', '\u001b[2;4s', '\u001b[?25h', '\u0007']) {
      assert.throws(() => model.write(unknown), /not in the model|without DECLRMM/, JSON.stringify(unknown));
    }
  });
});
