/**
 * The modes in a real tmux, which keeps a history, lays rows out anew, and shows in the end what it understood. The
 * bytes of an app without a terminal are fed to a pane, step by step, and each step is waited for, so that
 * resizes fall between the same bytes in every run.
 *
 * `SPARK_FUZZ_RUNS=n` plays n times as many.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { App, type RenderMode } from '../../packages/spark-tui/src/app/index.ts';
import { ManualClock } from '../../packages/spark-tui/src/base/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { DEFAULT_CAPS, MemoryOutput } from '../../packages/spark-tui/src/terminal/index.ts';
import { box, text } from '../../packages/spark-tui/src/ui/index.ts';
import { hasTmux, Tmux } from '../pty/tmux.ts';
import { buildAll, generator, makeProgram, newControls } from './app-program.ts';
import { Emulator, shownCell } from './emulator.ts';

const RUNS = Math.max(1, Number(process.env.SPARK_FUZZ_RUNS ?? 1));
const MODES: readonly RenderMode[] = ['inline', 'fullscreen', 'append'];

/** A pane that shows what it is fed. */
class Pane {
  readonly tmux: Tmux;
  private readonly folder = mkdtempSync(join(tmpdir(), 'spark-tmux-'));
  private readonly fd: number;
  private marks = 0;

  constructor(cols: number, rows: number) {
    const pipe = join(this.folder, 'bytes');
    spawnSync('/bin/sh', ['-c', `mkfifo '${pipe}'`]);
    this.tmux = new Tmux({ cols, rows, shell: `stty raw -echo; cat '${pipe}'` });
    this.fd = openSync(pipe, 'w');
  }

  /** Feeds bytes and waits until tmux has worked them: the title behind them is set. */
  feed(bytes: Uint8Array | string): void {
    const mark = `mark-${this.marks++}`;
    writeSync(this.fd, bytes as string);
    writeSync(this.fd, `\x1b]2;${mark}\x07`);
    while (this.tmux.run('display', '-p', '#{pane_title}').trim() !== mark);
  }

  cursor(): { x: number; y: number } {
    const [x = 0, y = 0] = this.tmux.run('display', '-p', '#{cursor_x} #{cursor_y}').split(' ').map(Number);
    return { x, y };
  }

  close(): void {
    closeSync(this.fd);
    this.tmux.close();
    rmSync(this.folder, { recursive: true });
  }
}

function openApp(cols: number, rows: number, mode: RenderMode, output: MemoryOutput): App {
  return new App({
    size: { width: cols, height: rows },
    clock: new ManualClock(),
    output,
    caps: DEFAULT_CAPS,
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
}

/**
 * Plays a random app. tmux must show the text of the back buffer, with the styles that the emulator of the other oracles
 * (which compares them with the back buffer) shows for the same bytes.
 */
function playProgram(seed: number): void {
  const program = makeProgram(seed);
  const cols = Math.max(10, program.cols);
  const rows = Math.max(4, program.rows);
  const mode = MODES[seed % 3]!;
  const output = new MemoryOutput();
  const app = openApp(cols, rows, mode, output);
  const pane = new Pane(cols, rows);
  const judge = new Emulator({ cols, rows });
  const feed = (bytes: Uint8Array | string): void => {
    pane.feed(bytes);
    judge.write(bytes);
  };
  const user = Array.from({ length: seed % 9 }, (_, i) => `user ${i}`);
  const committed: string[] = [];
  app.history.onCommit = (lines) => committed.push(...lines.map((line) => line.text));
  try {
    feed(user.map((line) => `${line}\r\n`).join(''));
    feed(mode === 'fullscreen' ? '\x1b[?1049h\x1b[?7l' : '\x1b[?7l');
    const controls = newControls(false);
    app.start(() => buildAll(controls, program.tree));
    for (const [s, ops] of [[], ...program.steps].entries()) {
      for (const { target, value } of ops) {
        if (target % 8 === 0 && mode !== 'fullscreen') app.history.print(`print ${s}`);
        else if (controls.list.length > 0) controls.list[target % controls.list.length]!.change(value);
      }
      app.flush();
      feed(output.take());
    }
    const top = mode === 'fullscreen' ? 0 : pane.cursor().y;
    const screen = pane.tmux.run('capture-pane', '-p').split('\n').map((line) => line.trimEnd());
    assert.deepEqual(screen.slice(top, top + app.screen.rows), app.text().split('\n'), `seed ${seed}, ${mode}`);
    const shown = new Emulator({ cols, rows: rows + 1 });
    shown.write(`\x1b[?7l${pane.tmux.run('capture-pane', '-p', '-e').replaceAll('\n', '\r\n')}`);
    for (let y = 0; y < app.screen.rows; y++) {
      for (let x = 0; x < cols; x++) {
        // What tmux gives back of erased cells is not their background.
        const cell = judge.cell(x, judge.terminal.buffer.active.cursorY * (mode === 'fullscreen' ? 0 : 1) + y);
        if (cell.getChars().trim() !== '') assert.equal(shownCell(shown.cell(x, top + y), false), shownCell(cell, false), `seed ${seed}, ${mode}, cell ${x},${y}`);
      }
    }
    if (mode === 'fullscreen') return;
    const all = pane.tmux.run('capture-pane', '-p', '-S', '-').split('\n');
    assert.deepEqual(all.slice(0, user.length + committed.length), [...user, ...committed], `seed ${seed}, ${mode}`);
  } finally {
    pane.close();
    app.dispose();
  }
}

/**
 * Resizes of which the app hears late or never, down to one column and row, with history committed all the while. Every
 * line must be there once and in order, and the app's last frame whole when it has heard of the last size.
 */
function playStale(seed: number, steps: number): void {
  const random = generator(seed);
  const output = new MemoryOutput();
  let cols = 80;
  let rows = 24;
  const app = openApp(cols, rows, 'append', output);
  const pane = new Pane(cols, rows);
  const count = signal(0);
  const names = Array.from({ length: 30 }, (_, i) => `<u${String(i).padStart(3, '0')}>`);
  const flush = (): void => {
    app.flush();
    const bytes = output.take();
    if (bytes.length > 0) pane.feed(bytes);
  };
  try {
    for (const name of names) pane.feed(`${name}\r\n`);
    pane.feed('\x1b[?7l');
    app.start(() =>
      box({ border: 'single', width: '100%', maxWidth: 12 }, () => {
        text({ content: () => `READY ${count.value}`, wrap: 'truncate' });
        text({ content: () => `@ ${count.value}\n@ ${count.value}`, wrap: 'truncate' });
      }),
    );
    flush();
    for (let i = 0; i < steps; i++) {
      switch (random(6)) {
        case 0:
        case 1:
          cols = 1 + random(random(2) === 0 ? 8 : 100);
          rows = 1 + random(random(2) === 0 ? 4 : 30);
          pane.tmux.resize(cols, rows);
          break;
        case 2:
          app.resize(cols, rows);
          flush();
          break;
        case 3:
          count.value++;
          flush();
          break;
        default: {
          const name = `<h${String(names.length).padStart(3, '0')}>`;
          names.push(name);
          if (i % 2 === 0) app.history.print(name);
          else app.history.renderToHistory(() => text({ content: name }));
          flush();
        }
      }
    }
    pane.tmux.resize(80, 24);
    app.resize(80, 24);
    flush();
    const found = pane.tmux.lines().join('').replaceAll(' ', '').match(/<[uh]\d{3}>/g) ?? [];
    assert.deepEqual(found, names, `seed ${seed}`);
    const screen = pane.tmux.run('capture-pane', '-p').split('\n');
    const { y } = pane.cursor();
    assert.deepEqual(screen.slice(y, y + 5), app.text().split('\n'), `seed ${seed}`);
  } finally {
    pane.close();
    app.dispose();
  }
}

describe('in a real tmux', { skip: !hasTmux() }, () => {
  test('random apps look as they should, and history is above them', () => {
    for (let seed = 1; seed <= 12 * RUNS; seed++) playProgram(seed);
  });

  test('no line is lost, doubled or out of order, whatever the terminal does with its size and whenever the app hears of it', () => {
    for (let seed = 1; seed <= 3 * RUNS; seed++) playStale(seed, 100);
  });
});
