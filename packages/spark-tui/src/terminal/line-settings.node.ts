/**
 * The settings of a terminal's line discipline as text, as `stty -g` gives and takes it: no runtime has a call for them. Used
 * where a program had the terminal that may have been killed in raw mode.
 */
import { spawnSync } from 'node:child_process';
import { isBackground } from './suspend.node.ts';

const LIMIT_MS = 1000;
/** Deno's reads of the terminal do not survive a child at this moment. */
const isDeno = (globalThis as { Deno?: unknown }).Deno !== undefined;

/** The settings of the terminal at `path`; null where they cannot be known. */
export function readLineSettings(path: string | null): string | null {
  const text = stty(path, ['-g']);
  return text !== null && /^[\w:=;]+$/.test(text) ? text : null;
}

/** Sets them. Null, and what a terminal refuses, changes nothing. */
export function writeLineSettings(path: string | null, settings: string | null): void {
  if (settings !== null) stty(path, [settings]);
}

function stty(path: string | null, args: readonly string[]): string | null {
  // In the background it would be stopped.
  if (path === null || process.platform === 'win32' || isDeno || isBackground()) return null;
  const { status, stdout } = spawnSync('/bin/sh', ['-c', 'exec stty "$@" <"$0"', path, ...args], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8', timeout: LIMIT_MS });
  return status === 0 ? stdout.trim() : null;
}
