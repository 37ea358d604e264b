/**
 * Which compiled test files there are. Tests lie beside their sources (in the package and in `scripts`)
 * and in `test/`; all are compiled into `.build`. What drives a pseudo-terminal (`test/pty`) measures
 * time and signals, so it runs alone.
 */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { repoRoot } from './repo.ts';

/** Paths of test files, relative to the build folder, sorted. */
export interface TestFiles {
  /** May run beside each other. */
  readonly parallel: string[];
  /** Run one after another, after all others. */
  readonly serial: string[];
}

/** Absolute path of the folder tests are compiled into. */
export const buildFolder: string = join(repoRoot, '.build');

/** All test files below `folder` whose path contains one of `filters` (all files when there are none). */
export function listTestFiles(folder: string, filters: readonly string[] = []): TestFiles {
  const files: TestFiles = { parallel: [], serial: [] };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.test\.m?js$/.test(entry.name)) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (filters.length > 0 && !filters.some((filter) => path.includes(filter))) continue;
    (path.startsWith('test/pty/') ? files.serial : files.parallel).push(path);
  }
  files.parallel.sort();
  files.serial.sort();
  return files;
}
