/**
 * A live region under a storm of resizes, in tmux, which lays its rows out anew at every one: 100 a second, while history
 * is committed above the region. `SPARK_STORM_RESIZES=200` makes it two seconds long. Every line of the user and every committed one is there exactly once, in
 * order. Rows of the region that are left behind: none while its rows, laid out anew, fit the screen; in a storm down to
 * one column they are counted.
 */
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { fixture, runtimeCommand, runtimeName } from './harness.ts';
import { hasTmux, Tmux } from './tmux.ts';

const RESIZES = Number(process.env.SPARK_STORM_RESIZES ?? 60);
const USER_LINES = 60;
const BLOCKS = Math.ceil(RESIZES / 2);
const COLS = 80;
const ROWS = 24;
/** Rows of the app in `fixtures/modes.ts`. */
const REGION_ROWS = 5;

const names = [
  ...Array.from({ length: USER_LINES }, (_, i) => `<u${String(i).padStart(3, '0')}>`),
  ...Array.from({ length: BLOCKS }, (_, i) => `<h${String(i).padStart(3, '0')}>`),
];

/** Runs the app through a storm of sizes. Returns how many rows of the region are above its last frame. */
async function storm(mode: string, sizeOf: (random: () => number) => [number, number], hasInput = false): Promise<number> {
  const command = [...runtimeCommand(), fixture('modes'), mode, String(BLOCKS), ...(hasInput ? ['input'] : [])].map((part) => `'${part}'`).join(' ');
  const tmux = new Tmux({ cols: COLS, rows: ROWS, shell: `i=0; while [ $i -lt ${USER_LINES} ]; do printf '<u%03d>\\n' $i; i=$((i+1)); done; ${command}; cat` });
  try {
    await tmux.until((text) => text.includes('READY'), 'the app');
    let state = 1;
    const random = (): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) / (1 << 24);
    };
    const start = performance.now();
    for (let i = 1; i <= RESIZES; i++) {
      tmux.resize(...sizeOf(random));
      const early = start + i * 10 - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    }
    tmux.resize(COLS, ROWS);
    const last = names.at(-1) as string;
    await tmux.until((text) => text.replaceAll('\n', '').includes(last) && /└─{10}┘\s*$/.test(text), 'the last block, and a frame of the last size');
    tmux.keys(hasInput ? 'F10' : 'q');
    await tmux.until((text) => text.includes('AFTER'), 'the end');
    const lines = tmux.lines();
    // In one column a block is a column of characters.
    const found = lines.join('').replaceAll(' ', '').match(/<[uh]\d{3}>/g) ?? [];
    assert.deepEqual(found, names);
    const frame = lines.findIndex((line) => line.startsWith('AFTER'));
    assert.match(lines[frame - 1] ?? '', /^└─{10}┘$/, 'the last frame ends above what follows');
    return lines.slice(0, frame - REGION_ROWS).filter((line) => /[┌│└@]|READY/.test(line)).length;
  } finally {
    tmux.close();
  }
}

function stormTest(name: string, run: (t: TestContext) => Promise<void>): void {
  test(name, { skip: !hasTmux() || runtimeName() !== 'node', timeout: 60_000 }, run);
}

describe('a storm of resizes', { concurrency: RESIZES < 200 }, () => {
  for (const mode of ['inline', 'append']) {
    stormTest(`${mode}: while the region fits, nothing is lost, doubled or left behind`, async () => {
      assert.equal(await storm(mode, (random) => [12 + Math.floor(random() * 90), 6 + Math.floor(random() * 26)]), 0);
    });
  }

  for (const hasInput of [false, true]) {
    stormTest(`down to one column and one row, no line of the user or the history is lost or doubled${hasInput ? ', also with the cursor in an input' : ''}`, async (t) => {
      const left = await storm('append', (random) => [1 + Math.floor(random() * 100), 1 + Math.floor(random() * 30)], hasInput);
      t.diagnostic(`${left} rows of the region left behind in ${RESIZES} resizes`);
    });
  }
});

describe('one change of size at a time', () => {
  // tmux moves as many rows into the history as it makes by laying rows out anew, whatever room is below: with fewer lines
  // above the region than that, the region's own go.
  stormTest('with the cursor in an input, leaves nothing of the region behind', async () => {
    const tmux = new Tmux({ cols: 60, rows: 20, shell: `for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do echo USER $i; done; '${runtimeCommand().join("' '")}' '${fixture('modes')}' inline 0 input; cat` });
    try {
      await tmux.until((text) => text.includes('abc'), 'the app');
      for (const cols of [30, 9, 45, 7, 60]) {
        // tmux may tell of a second change much later than it makes it; sooner than that, caution leaves rows behind.
        await new Promise((resolve) => setTimeout(resolve, 350));
        tmux.resize(cols, 20);
        await tmux.until((text) => new RegExp(`─{${Math.min(12, cols) - 2}}┘\\n*$`).test(text), `a frame for ${cols} columns`);
        tmux.keys('x');
        await tmux.until((text) => text.includes('abcx'), 'the typed letter');
        tmux.keys('BSpace');
        await tmux.until((text) => !text.includes('abcx'), 'the letter gone');
        const lines = tmux.lines().filter((line) => line.trim() !== '' && !line.startsWith('PID'));
        assert.equal(lines.length, 13 + 5, `${cols} columns:\n${lines.join('\n')}`);
        assert.deepEqual(lines.slice(0, 13), Array.from({ length: 13 }, (_, i) => `USER ${i + 1}`));
      }
    } finally {
      tmux.close();
    }
  });
});
