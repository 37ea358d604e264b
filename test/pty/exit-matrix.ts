/**
 * The ways a program on a terminal can end, each run on a pseudo-terminal, and what is looked at afterwards: is the line
 * discipline as it was, is a mode left on, was the exit code kept, is the error with its stack on the normal screen, did
 * anything reach the shell as if it had been typed.
 *
 * The terminal played here answers DA1 and has mouse reports on their way when the mouse is switched off, as real ones
 * do. A program for the matrix prints `PID n`, shows `READY`, and ends in the way of its argument when `g` is pressed.
 */
import { readFileSync } from 'node:fs';
import { type PtyExit, type PtyProgram, runtimeName, startPty } from './harness.ts';

/** One way to end. */
export interface ExitWay {
  readonly name: string;
  /** Argument of the program. */
  readonly how: string;
  /** What makes it end: keys, or a signal from outside. */
  readonly end: { readonly keys: string } | { readonly signal: NodeJS.Signals };
  /** The exit status a shell sees. */
  readonly status: number;
  /** Text of the error that has to be on the normal screen, with its stack. */
  readonly error?: string;
  /** Only a guard process can put the terminal back. */
  readonly guarded?: boolean;
  /** Only a watchdog can end the program. */
  readonly watched?: boolean;
  /** Shell text that runs the program, `$@`, and leaves its status; by itself it has the terminal on all streams. */
  readonly through?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What was found after the end. */
export interface Outcome {
  readonly status: number;
  readonly lineRestored: boolean;
  readonly modesLeft: readonly string[];
  /** The error's text and a line of its stack are on the normal screen; of a way without one, any stack. */
  readonly errorShown: boolean;
  /** What the shell would have taken for typed text. */
  readonly typed: string;
  /** A guard had to put the terminal back. */
  readonly byGuard: boolean;
  /** Milliseconds from the cause to the end of the program. */
  readonly ms: number;
}

const key = (how: string, name: string, status: number, error?: string): ExitWay => ({
  name,
  how,
  end: { keys: 'g' },
  status,
  ...(error === undefined ? {} : { error }),
});
const signalled = (signal: NodeJS.Signals, status: number): ExitWay => ({ name: signal, how: 'return', end: { signal }, status });

export const EXIT_WAYS: readonly ExitWay[] = [
  key('return', 'return from main', 0),
  key('exit', 'process.exit(3)', 3),
  key('throw', 'error in a timer', 1, 'thrown in a timer on purpose'),
  key('reject', 'unhandled rejection', 1, 'thrown in a promise on purpose'),
  key('handler', 'error in an event handler', 1, 'thrown in a handler on purpose'),
  key('effect', 'error in an effect', 1, 'thrown in an effect on purpose'),
  key('layout', 'error in a layout callback', 1, 'thrown in a layout callback on purpose'),
  key('disposer', 'error in a disposer', 1, 'thrown in a disposer on purpose'),
  key('recursion', 'endless recursion in handlers', 1, 'Maximum call stack size exceeded'),
  key('last-disposer', 'error in a disposer at the end', 1, 'thrown in the last disposer on purpose'),
  { name: 'Ctrl+C', how: 'return', end: { keys: '\x03' }, status: 0 },
  { name: 'Ctrl+C while the thread is busy', how: 'busy', end: { keys: 'g\x03' }, status: 0 },
  { ...key('hang', 'Ctrl+C while the thread hangs', 137), end: { keys: 'g\x03' }, watched: true },
  { ...key('hang', 'Ctrl+C as a kitty key while the thread hangs', 137), end: { keys: 'g\x1b[99;5u' }, watched: true },
  signalled('SIGINT', 130),
  signalled('SIGTERM', 143),
  signalled('SIGHUP', 129),
  signalled('SIGQUIT', 131),
  signalled('SIGABRT', 134),
  { ...signalled('SIGKILL', 137), guarded: true },
  { ...key('print', 'stdin closed', 0), through: '"$@" <&-' },
  {
    ...key('print', 'stdout closed by its reader', 0),
    through: 'code=$( { { "$@"; echo $? >&3; } | head -c 1 >/dev/tty; } 3>&1 ); (exit $code)',
  },
  { ...key('abort', 'native crash (abort)', 134), guarded: true },
  {
    ...key('oom', 'out of memory', runtimeName() === 'deno' ? 133 : 134),
    guarded: true,
    env: { NODE_OPTIONS: '--max-old-space-size=48', DENO_V8_FLAGS: '--max-old-space-size=48' },
  },
];

/** Programs whose terminal is closed: what it is, and shell text as in `ExitWay.through`. */
export const CLOSED_WAYS: readonly (readonly [string, string])[] = [
  ['terminal closed, with a hangup', '"$@"'],
  ['terminal closed, without one (EIO)', 'trap "" HUP; "$@"'],
];

/**
 * The shell around the program. After the end it waits until the line is as before (for a guard, 2 s at most), then
 * reads what a shell's next command would read.
 */
const SHELL = `ulimit -c 0; before=$(stty -g); PROGRAM; code=$?
i=0; while [ $i -lt WAIT ] && [ "$(stty -g)" != "$before" ]; do sleep 0.02; i=$((i+1)); done
line=$(stty -g); stty -icanon -echo min 0 time 1; printf 'TYPED<%s>' "$(cat -v)"; stty "$line"; (exit $code)`;

/** DA1, the kitty keyboard, and mouse reports that were on their way when the mouse was switched off. */
const ANSWERS: Readonly<Record<string, string>> = {
  '\x1b[c': '\x1b[?62;22c',
  '\x1b[?u': '\x1b[?0u',
  '\x1b[?1003l': '\x1b[<35;10;5M'.repeat(10),
};

export interface RunOptions {
  readonly file: string;
  readonly args?: readonly string[];
  /** Another command than the runtime of the harness. */
  readonly command?: string;
  /** Milliseconds it may take to end. */
  readonly limitMs?: number;
  /** Milliseconds a program is left alone once its first screen is there. */
  readonly settleMs?: number;
  /** Milliseconds until the terminal answers. */
  readonly answerMs?: number;
  /** Keys that are pressed later. */
  readonly later?: { readonly keys: string; readonly afterMs: number };
}

/** Starts a program in the shell of the matrix and waits for its first screen. */
export async function startForExit(way: ExitWay, { file, args = [], command, settleMs = 0, answerMs = 0 }: RunOptions): Promise<PtyProgram> {
  const program = command === undefined ? '' : `shift; set -- "${command}" "$@"; `;
  const pty = startPty(file, {
    args: [way.how, ...args],
    shell: SHELL.replace('PROGRAM', () => program + (way.through ?? '"$@"')).replace('WAIT', way.guarded === true ? '100' : '0'),
    env: way.env ?? {},
    respond: (written, answer) => {
      // oxlint-disable-next-line no-control-regex -- sequences are what it looks for
      for (const [asked] of written.matchAll(/\u001b\[c|\u001b\[\?u|\u001b\[\?1003l/g)) {
        if (answerMs === 0) answer(ANSWERS[asked]);
        else setTimeout(() => answer(ANSWERS[asked]), answerMs);
      }
    },
  });
  // One that prints ends by itself.
  if (way.how !== 'print') await pty.until((screen) => screen.includes('READY'), 'the app');
  if (settleMs > 0) await timeout(settleMs).promise;
  return pty;
}

/** Ends a program in one way and looks at what is left. */
export async function runExit(way: ExitWay, options: RunOptions): Promise<Outcome> {
  const pty = await startForExit(way, options);
  try {
    const startMs = performance.now();
    if ('signal' in way.end) pty.kill(way.end.signal);
    else if (way.how !== 'print') pty.send(way.end.keys);
    const { later } = options;
    if (later !== undefined) {
      await timeout(later.afterMs).promise;
      pty.send(later.keys);
    }
    const limit = timeout(options.limitMs ?? 20_000);
    const exit = await Promise.race<PtyExit | null>([pty.exit, limit.promise]);
    limit.cancel();
    const ms = performance.now() - startMs;
    const normal = pty.lines().join('\n');
    if (exit === null) return { status: -1, lineRestored: false, modesLeft: pty.modes.left(), errorShown: false, typed: '', byGuard: false, ms };
    return {
      ...exit,
      modesLeft: pty.modes.left(),
      // A terminal wraps what is wider than itself.
      errorShown: normal.replaceAll('\n', '').includes(way.error ?? '') && /^\s+at .*[:(]\d+/m.test(normal),
      byGuard: pty.output.includes('\x18'), // CAN: what it prints first.
      typed: /TYPED<([^]*?)>/.exec(pty.output)?.[1] ?? 'nothing was read',
      ms,
    };
  } finally {
    pty.dispose();
  }
}

/** What a program whose terminal is closed still did. */
export interface Closed {
  /** Milliseconds until it was gone, and its children with it; null when it was not within the limit. */
  readonly goneMs: number | null;
  readonly cpuMs: number;
  readonly children: number;
}

/** Closes the terminal of a program. `through` as in `ExitWay`. */
export async function runClosed(through: string, { limitMs = 20_000, ...options }: RunOptions): Promise<Closed> {
  const pty = await startForExit({ name: 'closed', how: 'return', end: { signal: 'SIGHUP' }, status: 0, through }, options);
  try {
    const { pid } = pty;
    const children = childrenOf(pid);
    const before = cpuMs(pid) ?? 0;
    let after = before;
    const startMs = performance.now();
    pty.close();
    for (;;) {
      const now = cpuMs(pid);
      const ms = performance.now() - startMs;
      if (now === null && children.every((child) => cpuMs(child) === null)) return { goneMs: ms, cpuMs: after - before, children: children.length };
      if (ms > limitMs) return { goneMs: null, cpuMs: after - before, children: children.length };
      after = now ?? after;
      await timeout(10).promise;
    }
  } finally {
    pty.dispose();
  }
}

function timeout(ms: number): { promise: Promise<null>; cancel: () => void } {
  let cancel = (): void => undefined;
  const promise = new Promise<null>((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    cancel = () => clearTimeout(timer);
  });
  return { promise, cancel };
}

/** CPU time of a process so far in ms, to 10 ms; null when it is gone or a zombie. */
export function cpuMs(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** Process ids of the children of a process. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
