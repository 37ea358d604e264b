/** Rules a file can break by itself: its length, and names of machines in it. */
import type { Finding, RepoFile } from './repo.ts';
import { lineAt } from './source-imports.ts';

const MAX_LINES = 500;
const HEAD_LINES = 20;

/** Files above 500 lines whose head does not call them one table (`Table:`) or one algorithm (`Algorithm:`). */
export function oversized(files: readonly RepoFile[]): Finding[] {
  const findings: Finding[] = [];
  for (const { path, text } of files) {
    const lines = text.split('\n');
    if (lines.length - 1 <= MAX_LINES) continue;
    if (lines.slice(0, HEAD_LINES).some((line) => /\b(?:Table|Algorithm): \S/.test(line))) continue;
    const message = `${lines.length - 1} lines; above ${MAX_LINES} the head must say «Table: …» or «Algorithm: …»`;
    findings.push({ path, line: 1, message });
  }
  return findings;
}

/** Homes of users (other than the me, you and user of examples) and hosts packages are loaded from. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.~-])\/(?:home|Users)\/(?!(?:me|you|user)\b)[a-z]\w*/g, 'names a home folder'],
  [/(?<![\w.~/-])\/root\/[\w.]/g, 'names a home folder'],
  [/\b[A-Z]:\\Users\\\w/g, 'names a home folder'],
  [/\bregistry\.(?:[a-z0-9-]+\.)+[a-z]{2,}/g, 'names a package registry'],
  [/"resolved": "[a-z+]+:/g, 'has a download address (npm: omit-lockfile-registry-resolved)'],
];

/** Places where files name `folders` (absolute paths of this machine), a home folder or a registry host. */
export function unportable(files: readonly RepoFile[], folders: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  for (const { path, text } of files) {
    for (const folder of folders) {
      for (let at = text.indexOf(folder); at !== -1; at = text.indexOf(folder, at + 1)) {
        if (!standsAlone(text, at, folder)) continue;
        findings.push({ path, line: lineAt(text, at), message: 'names a folder of this machine' });
      }
    }
    for (const [pattern, message] of PATTERNS) {
      for (const match of text.matchAll(pattern)) findings.push({ path, line: lineAt(text, match.index), message });
    }
  }
  return findings;
}

/** Whether the folder named at `at` is a whole absolute path: not the end of `../root`, nor the beginning of `/rooted`. */
function standsAlone(text: string, at: number, folder: string): boolean {
  const after = text[at + folder.length] ?? ' ';
  return !/[\w.~\\-]/.test(text[at - 1] ?? ' ') && (folder.endsWith('/') || !/[\w-]/.test(after));
}
