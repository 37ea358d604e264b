/**
 * Screens as files and recordings, against judges that know nothing of how they were written: after every
 * step of random apps
 * - an emulator that is shown `toANSI()` shows the app's cells, at every colour depth;
 * - `toSVG()` is XML whose texts stand in their cells; `toHTML()` is XML whose text is the screen's;
 * - an emulator that plays the recording so far shows the app's cells, wherever the recording began.
 *
 * Programs come from fixed seeds. `SPARK_FUZZ_RUNS=n` plays n times as many.
 */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, test } from 'node:test';
import { CellBuffer } from '../../packages/spark-tui/src/cells/index.ts';
import { ATTR_HIDDEN, type ColorDepth } from '../../packages/spark-tui/src/style/index.ts';
import { createTestApp, type TestApp, type TestCell } from '../../packages/spark-tui/src/testing/index.ts';
import { GlyphTable } from '../../packages/spark-tui/src/text/index.ts';
import { buildAll, CHARACTERS, CLUSTERS, makeProgram, newControls, type Program } from './app-program.ts';
import { Emulator } from './emulator.ts';
import { readXml } from './xml-check.ts';

const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));
const DEPTHS: readonly ColorDepth[] = [24, 8, 4, 1];
/** Characters that are drawn as shapes. */
const DRAWN = /[\u2500-\u259f\u2800-\u28ff]/;

interface Screen {
  readonly cols: number;
  readonly rows: number;
  readonly cells: readonly TestCell[][];
}

function screenOf(app: TestApp, cols: number, rows: number): Screen {
  return { cols, rows, cells: Array.from({ length: rows }, (_, y) => Array.from({ length: cols }, (_cell, x) => app.cell(x, y))) };
}

/** Null when the emulator shows the screen. */
function difference(emulator: Emulator, { cols, rows, cells }: Screen, depth: ColorDepth): string | null {
  const glyphs = new GlyphTable();
  const buffer = new CellBuffer(cols, rows);
  for (const [y, row] of cells.entries()) {
    for (const [x, { char, width, fg, bg, attrs }] of row.entries()) {
      if (width === 0) continue;
      const single = char.length === String.fromCodePoint(char.codePointAt(0)!).length;
      buffer.set(x, y, (single ? char.codePointAt(0)! : glyphs.intern(char)) | (width << 22), fg, bg, attrs);
    }
  }
  const found = emulator.difference(buffer, glyphs, depth);
  buffer.release();
  return found;
}

/** A stream that keeps what is written. */
class Kept extends EventEmitter {
  text = '';

  write(bytes: Uint8Array | string): boolean {
    this.text += typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
    return true;
  }
}

/** Plays a recording as it grows. */
class Player {
  readonly emulator: Emulator;
  readonly kinds = new Set<string>();
  private at = 0;
  private seconds = 0;

  constructor(header: string) {
    const { version, width, height } = JSON.parse(header) as { version: number; width: number; height: number };
    assert.equal(version, 2);
    // Without a scrollback xterm.js counts lines wrong once its normal screen was made smaller.
    this.emulator = new Emulator({ cols: width, rows: height, alphabet: [...CHARACTERS, ...CLUSTERS], scrollback: 1000 });
  }

  play(recording: string): void {
    const lines = recording.trimEnd().split('\n').slice(1);
    for (const line of lines.slice(this.at)) {
      const [seconds, kind, data] = JSON.parse(line) as [number, string, string];
      assert.ok(seconds >= this.seconds, 'times go forward');
      this.seconds = seconds;
      this.kinds.add(kind);
      if (kind === 'o') this.emulator.write(data);
      else if (kind === 'r') this.emulator.resize(...(data.split('x').map(Number) as [number, number]));
    }
    this.at = lines.length;
  }

  get lastSeconds(): number {
    return this.seconds;
  }
}

/** Runs a program and calls `look` after every step. */
function run(program: Program, look: (app: TestApp, screen: () => Screen, step: number) => void): void {
  let { cols, rows } = program;
  const controls = newControls(true);
  const app = createTestApp(() => buildAll(controls, program.tree), { width: cols, height: rows });
  try {
    look(app, () => screenOf(app, cols, rows), 0);
    for (const [step, ops] of program.steps.entries()) {
      for (const { target, value } of ops) {
        if (target % 10 === 0) {
          cols = 2 + (value % 39);
          rows = 1 + ((value >> 6) % 14);
          app.resize(cols, rows);
        } else if (controls.list.length > 0) controls.list[target % controls.list.length]!.change(value);
      }
      app.clock.tick(100 + step);
      look(app, () => screenOf(app, cols, rows), step + 1);
    }
  } finally {
    app.unmount();
  }
}

function forPrograms(first: number, count: number, play: (program: Program, seed: number) => void): void {
  for (let seed = first; seed < first + count * RUNS; seed++) {
    try {
      play(makeProgram(seed), seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}

/** Rows as toHTML shows them: hidden text is blank. */
function shownText({ cells }: Screen): string[] {
  return cells.map((row) => row.map(({ char, attrs, width }) => ((attrs & ATTR_HIDDEN) !== 0 ? ' '.repeat(Math.max(1, width) === 2 ? 2 : width) : char)).join('').trimEnd());
}

describe('of random apps', () => {
  test('toANSI, shown by an emulator, is the screen, at every colour depth', () => {
    forPrograms(1, 40, (program) =>
      run(program, (app, screen, step) => {
        const depth = DEPTHS[step % DEPTHS.length]!;
        const shown = screen();
        const emulator = new Emulator({ cols: shown.cols, rows: shown.rows, alphabet: [...CHARACTERS, ...CLUSTERS], convertEol: true });
        const ansi = app.toANSI({ depth });
        emulator.write(ansi);
        const differs = difference(emulator, shown, depth);
        if (differs !== null) assert.fail(`step ${step}, depth ${depth}: ${differs}\n${JSON.stringify(ansi)}`);
        // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
        const rest = ansi.replace(/\u001b\[[\d;:]*m|\u001b\]8;[^;]*;[^\u001b]*\u001b\\|\n/g, '');
        // oxlint-disable-next-line no-control-regex -- the same
        assert.equal(rest.search(/[\u0000-\u001f\u007f-\u009f]/), -1, 'only SGR, links and line ends');
      }),
    );
  });

  test('toSVG is XML, and every text stands in its cell', () => {
    forPrograms(2001, 40, (program) =>
      run(program, (app, screen) => {
        const { cells, cols, rows } = screen();
        const elements = readXml(app.toSVG({ title: 'a < b & "c"' }));
        assert.deepEqual([elements[0].name, elements[0].attributes.get('aria-label')], ['svg', 'a < b & "c"']);
        assert.deepEqual([Number(elements[0].attributes.get('width')), Number(elements[0].attributes.get('height'))], [(cols + 2) * 9, rows * 18 + 18]);
        const texts = cells.map((row) => row.map(() => ''));
        for (const { name, attributes, text } of elements) {
          if (name !== 'text') continue;
          const x = Number(attributes.get('x')) / 9;
          const y = Math.floor(Number(attributes.get('y')) / 18);
          const clusters = attributes.has('textLength') ? Array.from(text) : [text];
          if (attributes.has('textLength')) assert.equal(Number(attributes.get('textLength')), clusters.length * 9);
          for (const [i, cluster] of clusters.entries()) if (cluster !== ' ') texts[y][Math.floor(x) + i - (Number.isInteger(x) && cells[y][x]?.width === 0 ? 1 : 0)] = cluster;
        }
        const wanted = cells.map((row) => row.map(({ char, attrs }) => (char === ' ' || DRAWN.test(char) || (attrs & ATTR_HIDDEN) !== 0 ? '' : char)));
        assert.deepEqual(texts, wanted);
      }),
    );
  });

  test('toHTML is XML, and its text is that of the screen', () => {
    forPrograms(4001, 40, (program) =>
      run(program, (app, screen, step) => {
        const html = app.toHTML({ title: '<t>', document: step % 2 === 0 });
        readXml(html.replace(/^<style>.*?<\/style>/, ''));
        const pre = /<pre[^>]*>\n(.*)<\/pre>/s.exec(html)![1];
        const text = pre.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot);/g, (_, name: 'amp' | 'lt' | 'gt' | 'quot') => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name]);
        assert.deepEqual(text.split('\n').map((row) => row.trimEnd()), shownText(screen()));
      }),
    );
  });

  test('a recording, played by an emulator, shows the screen after every step, whenever it began', () => {
    const kinds = new Set<string>();
    forPrograms(6001, 40, (program, seed) => {
      const stream = new Kept();
      let recording: ReturnType<TestApp['record']> | null = null;
      let player: Player | null = null;
      let end = (): void => undefined;
      const begins = seed % 3;
      run(program, (app, screen, step) => {
        if (step < begins) return;
        if (player === null) {
          recording = app.record(stream, { title: 'random' });
          player = new Player(stream.text.slice(0, stream.text.indexOf('\n')));
        }
        const playing = player;
        playing.play(stream.text);
        const shown = screen();
        const differs = difference(playing.emulator, shown, 24);
        if (differs !== null) assert.fail(`step ${step}: ${differs}`);
        end = () => {
          playing.play(stream.text);
          assert.equal(difference(playing.emulator, shown, 24), null, 'the last frame stays');
          for (const kind of playing.kinds) kinds.add(kind);
        };
      });
      end();
      if (recording !== null) assert.throws(() => recording!.mark('late'), /has ended/, 'the end of the app ends it');
    });
    assert.deepEqual([...kinds].toSorted(), ['o', 'r']);
  });
});
