/**
 * The three modes against an emulator nobody here wrote: a user's lines, then a random app in a random mode, with
 * random edits, printed lines, rendered blocks, resizes and changes of mode. After every frame
 * - the live region (or the whole screen) shows exactly the back buffer, in the colour depth of the terminal;
 * - the cursor waits at the region's first cell, or at a caret, and nothing of ours is below the region;
 * - above it stand the user's lines and what was committed, each once and in order (`left over`: rows of the region that
 *   a terminal laying its rows out anew pushed up because they no longer fitted, or rows above a caret that stays in
 *   sight, counted);
 * - a second frame writes nothing.
 *
 * `SPARK_FUZZ_RUNS=n` plays n times as many.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { App, type RenderMode } from '../../packages/spark-tui/src/app/index.ts';
import { bufferPool, ManualClock } from '../../packages/spark-tui/src/base/index.ts';
import { F64_H, ROOT } from '../../packages/spark-tui/src/scene/index.ts';
import { type ColorDepth, DEFAULT_CAPS, FULLSCREEN_MODES, INLINE_MODES, MemoryOutput } from '../../packages/spark-tui/src/terminal/index.ts';
import { box, text } from '../../packages/spark-tui/src/ui/index.ts';
import { buildAll, CHARACTERS, CLUSTERS, type Controls, generator, makeProgram, newControls } from './app-program.ts';
import { Emulator, screenDifference } from './emulator.ts';

const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));
const MODES: readonly RenderMode[] = ['inline', 'append', 'fullscreen'];
const DEPTHS: readonly ColorDepth[] = [1, 4, 8, 24];

/** The lines of the normal screen above `row`, those the terminal has wrapped put together. */
function linesAbove(emulator: Emulator, row: number): string[] {
  const buffer = emulator.terminal.buffer.normal;
  const lines: string[] = [];
  for (let y = 0; y < row; y++) {
    const line = buffer.getLine(y)!;
    const shown = line.translateToString(!(buffer.getLine(y + 1)?.isWrapped ?? false));
    if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += shown;
    else lines.push(shown);
  }
  return lines.map((line) => line.trimEnd());
}

class Play {
  readonly emulator: Emulator;
  readonly app: App;
  readonly output = new MemoryOutput();
  /** What must stand above the region, in order. */
  readonly above: string[] = [];
  /** Rows of the region that were pushed up. */
  leftOver = 0;
  private readonly depth: ColorDepth;
  private readonly controls: Controls;
  private readonly random: (below: number) => number;
  private reflowed = false;
  private names = 0;
  private caret: { x: number; y: number } | null = null;
  /** Row of the caret in the last frame. */
  private caretRow = 0;
  private readonly clock = new ManualClock();
  cols: number;
  rows: number;

  constructor(seed: number, reflows: boolean) {
    const program = makeProgram(seed);
    this.random = generator(seed ^ 0x5eed);
    const { random } = this;
    this.cols = Math.max(8, program.cols);
    this.rows = program.rows;
    this.depth = DEPTHS[random(4)]!;
    const reflowCursorLine = random(2) === 0;
    this.emulator = new Emulator({ cols: this.cols, rows: this.rows, alphabet: [...CHARACTERS, ...CLUSTERS], scrollback: 100_000, convertEol: random(2) === 0, reflowCursorLine });
    const mode = MODES[random(3)]!;
    for (let i = random(this.rows + 4); i > 0; i--) this.userLine();
    this.emulator.write('\x1b[?7l');
    this.app = new App({
      size: { width: this.cols, height: this.rows },
      clock: this.clock,
      output: this.output,
      terminal: {
        holder: { modes: mode === 'fullscreen' ? FULLSCREEN_MODES : INLINE_MODES },
        env: { TERM: reflowCursorLine ? 'tmux-256color' : 'xterm-256color' },
        query: false,
        kittyKeyboard: 0,
        followsSize: true,
      },
      caps: { ...DEFAULT_CAPS, depth: this.depth, synchronized: random(4) === 0 },
      mode,
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
    if (mode === 'fullscreen') this.emulator.write('\x1b[?1049h');
    this.app.history.onCommit = (lines) => {
      for (const line of lines) this.above.push(line.text.trimEnd());
    };
    this.controls = newControls(true);
    this.app.terminal.requests.carets.claim(() => this.caret);
    if (random(2) === 0) this.moveCaret(random(1 << 16));
    this.app.start(() => buildAll(this.controls, program.tree));
    this.check('first frame');
    for (const [s, ops] of program.steps.entries()) {
      const done = ops.map(({ target, value }) => this.act(target, value, reflows));
      this.check(`step ${s} (${done.join(', ')})`);
    }
  }

  private userLine(): void {
    const line = `user ${this.names++}`.slice(0, this.cols);
    this.emulator.write(`${line}\r\n`);
    this.above.push(line);
  }

  /** Somewhere in the first rows of the region, also where it ends before. */
  private moveCaret(value: number): void {
    this.caret = { x: value % this.cols, y: (value >> 8) % 5 };
    this.app.terminal.requests.request();
  }

  private act(target: number, value: number, reflows: boolean): string {
    const { app, controls } = this;
    const isAlternate = this.emulator.terminal.buffer.active.type === 'alternate';
    switch (target % 16) {
      case 0:
        app.history.print(`print ${this.names++} ${'.'.repeat(value % 60)}`);
        return 'print';
      case 1:
        for (let i = value % 40; i >= 0; i--) app.history.print(`many ${this.names++}`);
        return 'prints';
      case 2:
        app.history.renderToHistory(() => box({ border: 'single' }, () => text({ content: `block ${this.names++} 中文 ${'word '.repeat(value % 30)}` })));
        return 'block';
      case 3:
        // xterm.js brings lines back from the scrollback without moving the cursor saved for the normal screen.
        if (isAlternate) return 'nothing';
        if (!reflows) {
          this.resize(this.cols, 1 + (value % 14));
          return 'other height';
        }
        // Laying rows out anew while rows below the cursor go, xterm.js moves the cursor to another line.
        this.resize(8 + (value % 32), this.caretRow > 0 ? this.rows : 1 + ((value >> 6) % 14));
        return 'resize';
      case 4:
        app.modes.set(MODES[value % 3]!);
        return `mode ${app.modes.mode}`;
      case 5:
        // The region's own rows are damaged by somebody who leaves the cursor in its row.
        if (!isAlternate) this.emulator.write(`garbage\r`);
        else this.emulator.write('\x1b[3;3Hgarbage');
        app.frame.redraw();
        return 'garbage';
      case 6:
        if (this.caret === null) return 'nothing';
        this.moveCaret(value);
        return 'caret';
      default: {
        if (controls.list.length === 0) return 'nothing';
        const control = controls.list[target % controls.list.length]!;
        control.change(value);
        return control.what;
      }
    }
  }

  private resize(cols: number, rows: number): void {
    const isOtherWidth = cols !== this.cols;
    this.reflowed ||= isOtherWidth || this.caretRow >= rows;
    this.cols = cols;
    this.rows = rows;
    this.emulator.resize(cols, rows);
    this.app.resize(cols, rows);
    if (!isOtherWidth) return;
    // With a caret the app waits until the width stays what it is.
    this.clock.tick(1000);
    this.emulator.write(this.output.take());
  }

  private check(step: string): void {
    const { app, emulator, output } = this;
    app.flush();
    const bytes = output.take();
    emulator.write(bytes);
    const fail = (what: string): never =>
      assert.fail(`${step}, ${app.modes.mode}, ${this.cols}x${this.rows}: ${what}\n${app.text()}\n--\n${this.screen()}\n--\n${JSON.stringify(new TextDecoder().decode(bytes))}`);
    const buffer = emulator.terminal.buffer.active;
    const caret = this.shownCaret();
    this.caretRow = caret?.y ?? 0;
    const top = app.modes.mode === 'fullscreen' ? 0 : buffer.cursorY - (caret?.y ?? 0);
    if (caret !== null && buffer.cursorX !== caret.x) fail(`the cursor is in column ${buffer.cursorX}, the caret in ${caret.x}`);
    if (caret !== null && app.modes.mode === 'fullscreen' && buffer.cursorY !== caret.y) fail(`the cursor is in row ${buffer.cursorY}, the caret in ${caret.y}`);
    const wrong = screenDifference({ cell: (x, y) => emulator.cell(x, top + y) }, app.screen.back, app.glyphs, this.depth);
    if (wrong !== null) fail(wrong);
    if (app.modes.mode !== 'fullscreen') {
      if (caret === null && buffer.cursorX !== 0) fail(`the cursor is in column ${buffer.cursorX}`);
      for (let y = top + app.screen.rows; y < this.rows; y++) {
        const below = buffer.getLine(buffer.baseY + y)!.translateToString(true);
        if (below !== '') fail(`below the region is ${below}`);
      }
      this.checkAbove(linesAbove(emulator, buffer.baseY + top), fail);
    }
    app.flush();
    const again = output.take();
    if (again.length > 0) fail(`bytes although nothing changed: ${JSON.stringify(new TextDecoder().decode(again))}`);
  }

  /** The caret, when it is on the screen. */
  private shownCaret(): { x: number; y: number } | null {
    const { caret, app } = this;
    return caret !== null && caret.x < app.screen.cols && caret.y < app.screen.rows ? caret : null;
  }

  private checkAbove(lines: readonly string[], fail: (what: string) => never): void {
    const { above } = this;
    if (!this.reflowed) {
      this.leftOver = 0;
      if (lines.length !== above.length || lines.some((line, i) => line !== above[i])) fail(`above is\n${lines.join('\n')}\n-- wanted\n${above.join('\n')}`);
      return;
    }
    // A wide character that wraps leaves a blank cell behind; apart from that: each once, in order.
    const packed = (line: string): string => line.replaceAll(' ', '');
    let at = 0;
    let leftOver = 0;
    for (const line of lines) {
      if (at < above.length && packed(line) === packed(above[at]!)) at++;
      else leftOver++;
    }
    if (at < above.length) fail(`above, '${above[at]}' is missing from\n${lines.join('\n')}\n-- wanted\n${above.join('\n')}`);
    this.leftOver = leftOver;
  }

  private screen(): string {
    const buffer = this.emulator.terminal.buffer.active;
    return Array.from({ length: this.rows }, (_, y) => buffer.getLine(buffer.baseY + y)?.translateToString(true)).join('\n');
  }

  /** Ends the app: the last frame stays, and the cursor is below it. */
  end(): void {
    const { app, emulator } = this;
    const { scene, screen } = app;
    const rows = (scene.f64.array[F64_H * scene.capacity + ROOT] ?? 0) < 0.001 ? 0 : screen.rows;
    emulator.write(app.modes.leaving(new TextEncoder().encode(app.modes.mode === 'fullscreen' ? '\x1b[?1049l\x1b[?7h' : '\x1b[?7h'), true));
    const buffer = emulator.terminal.buffer.active;
    assert.equal(buffer.cursorX, 0);
    const end = buffer.baseY + buffer.cursorY;
    this.checkAbove(linesAbove(emulator, app.modes.mode === 'fullscreen' ? end : end - rows), (what) => assert.fail(`after the end: ${what}`));
    app.dispose();
  }
}

function playAll(firstSeed: number, count: number, reflows: boolean): number {
  let leftOver = 0;
  const before = bufferPool.usedBytes;
  for (let seed = firstSeed; seed < firstSeed + count * RUNS; seed++) {
    try {
      const play = new Play(seed, reflows);
      play.end();
      leftOver += play.leftOver;
    } catch (error) {
      assert.fail(`seed ${seed}: ${(error as Error).stack}`);
    }
  }
  assert.equal(bufferPool.usedBytes, before, 'every buffer went back to the pool');
  return leftOver;
}

describe('in every mode, after every frame of a random app', () => {
  test('screen and scrollback are right while the width stays', () => {
    playAll(1, 100, false);
  });

  test('and in a terminal that lays its rows out anew when its width changes', () => {
    playAll(500_001, 100, true);
  });
});
