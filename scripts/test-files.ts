/**
 * Which compiled test files there are. Tests lie beside their sources (in the package and in `scripts`)
 * and in `test/`; all are compiled into `.build`. What drives a pseudo-terminal (`test/pty`) mostly waits
 * for one, so several run at once, but for those that measure.
 */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { repoRoot } from './repo.ts';

/** Paths of test files, relative to the build folder, sorted. */
export interface TestFiles {
  /** Take a core each. */
  readonly parallel: string[];
  /** Mostly wait for a pseudo-terminal. */
  readonly waiting: string[];
  /** Measure time or memory: one after another, after all others. */
  readonly serial: string[];
}

/** The way out waits 100 ms for what is in flight: the first two need a terminal that is not late itself. */
const MEASURING: ReadonlySet<string> = new Set(
  ['exit-matrix', 'capabilities', 'slow-reader', 'mouse-flood', 'storm'].map((name) => `test/pty/${name}.test.js`).concat('test/soak/pty.test.js'),
);

/** Absolute path of the folder tests are compiled into. */
export const buildFolder: string = join(repoRoot, '.build');

/** All test files below `folder` whose path contains one of `filters` (all files when there are none). */
export function listTestFiles(folder: string, filters: readonly string[] = []): TestFiles {
  const files: TestFiles = { parallel: [], waiting: [], serial: [] };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.test\.m?js$/.test(entry.name)) continue;
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (filters.length > 0 && !filters.some((filter) => path.includes(filter))) continue;
    const group = MEASURING.has(path) ? files.serial : path.startsWith('test/pty/') ? files.waiting : files.parallel;
    group.push(path);
  }
  files.parallel.sort();
  files.waiting.sort();
  files.serial.sort();
  return files;
}
