/** Runs a program to its end or its time limit, whichever is first, and leaves nothing behind. */
import { spawn } from 'node:child_process';

/** How a program ended. */
export interface CommandResult {
  /** Exit code; null when it was ended by a signal or could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  readonly durationMs: number;
  /** Why it did not end with code 0, in a few words; null when it did. */
  readonly failure: string | null;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly env?: Record<string, string>;
}

/**
 * Runs `command` without a terminal and without input. It leads a process group of its own, which is
 * killed when the time is over, so that what it started ends with it.
 */
export function runCommand(command: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const [file, ...args] = command as [string, ...string[]];
  const startedMs = performance.now();
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...process.env, CI: 'true', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  let timedOut = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const timer = setTimeout(() => {
    timedOut = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, options.timeoutMs);
  return new Promise((resolve) => {
    const end = (code: number | null, failure: string | null): void => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr, timedOut, durationMs: performance.now() - startedMs, failure });
    };
    child.on('error', (error) => end(null, error.message));
    child.on('close', (code, signal) => {
      if (timedOut) end(code, `still running after ${options.timeoutMs / 1000} s`);
      else if (signal !== null) end(code, `ended by ${signal}`);
      else end(code, code === 0 ? null : `exit code ${code}`);
    });
  });
}

/** The last lines of both outputs, indented, for a report of a failure. */
export function outputTail(result: CommandResult, lines = 25): string {
  const text = [result.stdout, result.stderr].map((part) => part.trimEnd()).filter((part) => part !== '').join('\n');
  return text.split('\n').slice(-lines).map((line) => `    ${line}\n`).join('');
}
