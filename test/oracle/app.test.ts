/**
 * The whole road against two judges: after every frame of a random app
 * - an emulator nobody here wrote, fed the bytes of all frames so far, shows exactly the back buffer;
 * - a painter that knows nothing of earlier frames, on empty buffers, gives the same cells and owners;
 * - a layout that knows nothing of earlier runs gives the same rectangles (`verifyLayout`).
 * At the end every gauge is where it was before the app was made.
 *
 * Programs come from fixed seeds; one that fails is shrunk and printed with its seed. `SPARK_FUZZ_RUNS=n`
 * plays n times as many.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App } from '../../packages/spark-tui/src/app/index.ts';
import { bufferPool, ManualClock } from '../../packages/spark-tui/src/base/index.ts';
import { CELL_WORDS, CellBuffer, Damage, GLYPH_CONTINUATION, GLYPH_WIDE, GLYPH_WIDTH_MASK, OwnerPlane, RowSpans } from '../../packages/spark-tui/src/cells/index.ts';
import { Painter } from '../../packages/spark-tui/src/paint/index.ts';
import { DEFAULT_CAPS, MemoryOutput } from '../../packages/spark-tui/src/terminal/index.ts';
import { buildAll, CHARACTERS, CLUSTERS, type Controls, makeProgram, newControls, printProgram, type Program, shrink } from './app-program.ts';
import { Emulator } from './emulator.ts';

const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));

/** Paints the scene of an app as if there had been no frame before. */
class FullRepaint {
  private readonly app: App;
  private readonly cells = new CellBuffer(0, 0);
  private readonly owners = new OwnerPlane(0, 0);
  private readonly painter: Painter;
  private epoch = 0;

  constructor(app: App) {
    this.app = app;
    this.painter = new Painter(app.scene, this.cells, this.owners, app.extras);
  }

  /** Null when the app's back buffer and owner plane are what they should be. */
  difference(): string | null {
    const { back, owners, cols, rows } = this.app.screen;
    this.cells.resize(cols, rows);
    this.owners.resize(cols, rows);
    const damage = new Damage(cols, rows);
    damage.addAll();
    this.painter.paint(damage, new RowSpans(cols, rows), ++this.epoch);
    for (let at = 0; at < cols * rows; at++) {
      const where = `cell ${at % cols},${Math.floor(at / cols)}`;
      for (let w = 0; w < CELL_WORDS; w++) {
        const got = back.words[at * CELL_WORDS + w];
        const wanted = this.cells.words[at * CELL_WORDS + w];
        if (got !== wanted) return `${where}: word ${w} is ${got?.toString(16)}, a full repaint gives ${wanted?.toString(16)}`;
      }
      if (owners.slots[at] !== this.owners.slots[at] || owners.generations[at] !== this.owners.generations[at]) {
        return `${where}: owner is ${owners.slots[at]}, a full repaint gives ${this.owners.slots[at]}`;
      }
    }
    return null;
  }

  release(): void {
    this.cells.release();
    this.owners.release();
  }
}

/** Null when every wide glyph is a head and a continuation of the same colours and style. */
function brokenGlyph({ back }: App['screen']): string | null {
  const { words, cols, rows } = back;
  for (let at = 0; at < cols * rows; at++) {
    const i = at * CELL_WORDS;
    const isTail = ((words[i] ?? 0) & GLYPH_WIDTH_MASK) === GLYPH_CONTINUATION;
    const follows = at % cols > 0 && ((words[i - CELL_WORDS] ?? 0) & GLYPH_WIDTH_MASK) === GLYPH_WIDE;
    const alike = !isTail || [1, 2, 3].every((w) => words[i + w] === words[i + w - CELL_WORDS]);
    if (isTail !== follows || !alike) return `cell ${at % cols},${Math.floor(at / cols)}: half of a wide glyph, or two unlike halves`;
  }
  return null;
}

function play(program: Program, teach: boolean): void {
  const bytesBefore = bufferPool.usedBytes;
  const output = new MemoryOutput();
  let { cols, rows } = program;
  const app = new App({
    size: { width: cols, height: rows },
    clock: new ManualClock(),
    output,
    caps: DEFAULT_CAPS,
    maxFps: 60,
    maxNodes: 100_000,
    verifyLayout: true,
    exitOnCtrlC: true,
    tabNavigation: true,
    onExit: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  const base = app.gauges.values();
  assert.equal(base.pendingEffects, 0, 'a fresh app waits for nothing');
  const emulator = new Emulator({ cols, rows, ...(teach ? { alphabet: [...CHARACTERS, ...CLUSTERS] } : {}) });
  emulator.write('\x1b[?1049h\x1b[?7l');
  const controls = newControls(teach);
  const repaint = new FullRepaint(app);
  const check = (step: string): void => {
    app.flush();
    const bytes = output.take();
    emulator.write(bytes);
    const differs = repaint.difference() ?? brokenGlyph(app.screen) ?? emulator.difference(app.screen.back, app.glyphs);
    if (differs !== null) assert.fail(`${step}, ${cols}x${rows}: ${differs}\n${app.text()}\n${JSON.stringify(new TextDecoder().decode(bytes))}`);
    app.flush();
    assert.equal(output.take().length, 0, `${step}: bytes although nothing changed`);
  };
  try {
    app.start(() => buildAll(controls, program.tree));
    check('first frame');
    program.steps.forEach((ops, s) => {
      const done: string[] = [];
      for (const { target, value } of ops) {
        if (target % 40 === 0) {
          cols = 2 + (value % 39);
          rows = 1 + ((value >> 6) % 14);
          emulator.terminal.resize(cols, rows);
          app.resize(cols, rows);
          done.push('resize');
        } else done.push(change(controls, target, value));
      }
      check(`step ${s} (${done.join(', ')})`);
    });
  } finally {
    app.dispose();
    repaint.release();
  }
  const left = app.gauges.values();
  // A fresh app's root waits to be laid out; caches of the process are bounded, not emptied.
  assert.deepEqual(left, { ...base, scopes: 0, arenaBytes: 0, layoutQueue: 0, paintQueue: 0, cacheEntries: left.cacheEntries });
  assert.equal(bufferPool.usedBytes, bytesBefore, 'every buffer went back to the pool');
}

function change(controls: Controls, target: number, value: number): string {
  if (controls.list.length === 0) return 'nothing';
  const control = controls.list[target % controls.list.length]!;
  control.change(value);
  return control.what;
}

function failure(program: Program, teach: boolean): Error | null {
  try {
    play(program, teach);
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** Plays the programs of the seeds; the first that fails is shrunk and printed. */
function playAll(firstSeed: number, count: number, teach: boolean): void {
  for (let seed = firstSeed; seed < firstSeed + count * RUNS; seed++) {
    const program = makeProgram(seed);
    if (failure(program, teach) === null) continue;
    const small = shrink(program, (candidate) => failure(candidate, teach) !== null, 5000);
    const error = failure(small, teach);
    assert.fail(`seed ${seed}: ${error?.stack ?? 'fails only once'}\nprogram:\n${printProgram(small)}`);
  }
}

describe('after every frame of a random app', () => {
  test('screen, cells, owners and rectangles are right, on an emulator with our widths', () => playAll(1, 300, true));

  test('the same on the stock emulator, with the characters both agree about', () => playAll(100_001, 200, false));
});
