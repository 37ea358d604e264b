/**
 * Runs a measured program in a process of its own: on a pseudo-terminal that this process drains, or
 * without one. The program writes its result as JSON to the file named by `SPARK_BENCH_RESULT`.
 */
import { type ChildProcess, spawn as spawnChild } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn as spawnPty } from '@lydell/node-pty';
import { monotonicMs } from './measured.ts';

const LIMIT_MS = 600_000;
const here = dirname(fileURLToPath(import.meta.url));

/** One way to run compiled programs. */
export interface Runtime {
  readonly name: string;
  readonly command: readonly string[];
}

/** This Node with the collector exposed, and Bun where it is found (`SPARK_BENCH_BUN`, or tools/runtimes). */
export function runtimes(): Runtime[] {
  const found: Runtime[] = [{ name: `node ${process.versions.node.split('.')[0]}`, command: [process.execPath, '--expose-gc'] }];
  const bun = process.env.SPARK_BENCH_BUN ?? join(here, '..', '..', 'tools', 'runtimes', 'node_modules', '.bin', 'bun');
  if (existsSync(bun)) found.push({ name: 'bun', command: [bun] });
  return found;
}

/** A running program on a terminal that is read as fast as it writes. */
export interface PtyRun {
  readonly pid: number;
  /** Bytes that arrived so far. */
  bytes: number;
  /** When each piece arrived (`monotonicMs`). */
  readonly arrivals: number[];
  /** The program's result, and the time of day when the process was gone. */
  readonly end: Promise<{ result: unknown; goneAtMs: number }>;
  send(keys: string): void;
  /** Sends at once all that there is, as fast as the program takes it; holds this process up meanwhile. */
  flood(bytes: Uint8Array): void;
}

export interface PtySize {
  readonly cols: number;
  readonly rows: number;
}

/** Starts the compiled program `bench/<name>.js` on a pseudo-terminal. */
export function startOnPty(runtime: Runtime, name: string, args: readonly string[], { cols, rows }: PtySize = { cols: 120, rows: 40 }): PtyRun {
  const folder = mkdtempSync(join(tmpdir(), 'spark-bench-'));
  const [file, ...leading] = runtime.command;
  const pty = spawnPty(file!, [...leading, join(here, `${name}.js`), ...args], {
    cols,
    rows,
    name: 'xterm-256color',
    encoding: null,
    env: { ...process.env, TERM: 'xterm-256color', SPARK_BENCH_RESULT: join(folder, 'result.json') },
  });
  let tail = '';
  const run: PtyRun = {
    pid: pty.pid,
    bytes: 0,
    arrivals: [],
    send: (keys) => pty.write(keys),
    flood: (bytes) => flood((pty as unknown as { fd: number }).fd, bytes),
    end: new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        pty.kill('SIGKILL');
        reject(new Error(`${name} ${args.join(' ')} ran longer than ${LIMIT_MS / 1000} s`));
      }, LIMIT_MS);
      pty.onData((data) => {
        run.arrivals.push(monotonicMs());
        run.bytes += data.length;
        tail = (tail + Buffer.from(data as unknown as Uint8Array).toString('utf8')).slice(-2000);
      });
      pty.onExit(({ exitCode }) => {
        const goneAtMs = Date.now();
        clearTimeout(limit);
        try {
          if (exitCode !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${exitCode}: ${tail}`);
          resolve({ result: readResult(folder), goneAtMs });
        } catch (error) {
          reject(error);
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      });
    }),
  };
  return run;
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** The descriptor never blocks; the queue of a library behind it costs more than the terminal itself. */
function flood(fd: number, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += writeSync(fd, bytes, sent, Math.min(bytes.length - sent, 65_536));
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error;
      Atomics.wait(sleeper, 0, 0, 0.02);
    }
  }
}

/** Runs the compiled program `bench/<name>.js` without a terminal and gives its result. */
export function runProgram(runtime: Runtime, name: string, args: readonly string[]): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'spark-bench-'));
  const [file, ...leading] = runtime.command;
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawnChild(file!, [...leading, join(here, `${name}.js`), ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, SPARK_BENCH_RESULT: join(folder, 'result.json') },
      timeout: LIMIT_MS,
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      try {
        if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}`);
        resolve(readResult(folder));
      } catch (error) {
        reject(error);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
}

function readResult(folder: string): unknown {
  const path = join(folder, 'result.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
