/**
 * Builds everything with `tsc`: the package into `packages/spark-tui/dist`, then package, tests,
 * examples, benchmarks and scripts into `.build`. Plain JavaScript, because it runs before any build.
 *
 *   node scripts/build.mjs            everything
 *   node scripts/build.mjs package    only what is published
 *
 * Outputs a build did not write again are stale (their source is gone or was renamed) and are
 * deleted afterwards, not before, so that a reader of the old output never finds it missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
const tsc = join(dirname(typescript), 'bin', 'tsc');

/** Compiles one project, then deletes what it left untouched in its output folder. */
function compile(project, outDir) {
  // File systems keep coarser times than the clock.
  const startedMs = Date.now() - 2_000;
  const run = spawnSync(process.execPath, [tsc, '-p', join(root, project)], { cwd: root, stdio: 'inherit' });
  if (run.error) throw run.error;
  prune(join(root, outDir), startedMs);
  return run.status === 0;
}

/** Deletes files last written before `beforeMs`, and folders that become empty. */
function prune(folder, beforeMs) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) prune(path, beforeMs);
    else if (statSync(path).mtimeMs < beforeMs) rmSync(path);
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

let good = compile('packages/spark-tui/tsconfig.build.json', 'packages/spark-tui/dist');
if (process.argv[2] !== 'package') good = compile('tsconfig.json', '.build') && good;
process.exitCode = good ? 0 : 1;
