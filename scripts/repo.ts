/** What every script needs to know of the repository: where it is and which files belong to it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest folder above `from` that has a package-lock.json: scripts run from `.build`, not from where they lie. */
function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package-lock.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package-lock.json in ${from} or above it`);
  }
}

/** Absolute path of the repository. */
export const repoRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** A file of the repository; `path` is relative to its root, with forward slashes. */
export interface RepoFile {
  readonly path: string;
  readonly text: string;
}

/** Paths of all files that are committed or would be by `git add --all`, sorted. */
export function repoPaths(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const git = spawnSync('git', args, { cwd: repoRoot, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (git.status !== 0) throw new Error(`git ls-files failed: ${git.error?.message ?? git.stderr}`);
  const paths = new Set(git.stdout.split('\0').filter((path) => path !== ''));
  return [...paths].filter((path) => existsSync(join(repoRoot, path))).sort();
}

/** The repository's text files whose path `wanted` accepts. Files with a NUL byte are binary and left out. */
export function repoFiles(wanted: (path: string) => boolean): RepoFile[] {
  const files: RepoFile[] = [];
  for (const path of repoPaths()) {
    if (!wanted(path)) continue;
    const text = readFileSync(join(repoRoot, path), 'utf8');
    if (!text.includes('\0')) files.push({ path, text });
  }
  return files;
}

/** A broken rule: where, and what to do about it. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** Prints findings as `path:line message` and sets the exit code; without findings prints `summary`. */
export function report(findings: readonly Finding[], summary: string): void {
  for (const { path, line, message } of findings) console.error(`${path}:${line} ${message}`);
  if (findings.length > 0) process.exitCode = 1;
  console.log(findings.length === 0 ? summary : `${findings.length} finding(s)`);
}
