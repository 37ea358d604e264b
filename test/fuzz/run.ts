/**
 * The long fuzz run: monkeys with new seeds, and every test that draws random cases (properties, oracles), in turn, until
 * the time is up. What fails is printed with its seed.
 *
 *   npm run fuzz -- --minutes 10 [--seed 1000] [part of a path …]
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { listTestFiles } from '../../scripts/test-files.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } },
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`--minutes is ${values.minutes}; expected a number above 0`);

const build = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Draws cases: by fast-check, or by seeds of its own. */
const isRandom = (path: string): boolean => /fast-check|SPARK_FUZZ_RUNS|vt-random/.test(readFileSync(join(build, path), 'utf8'));
const { parallel, serial } = listTestFiles(build, positionals);
const files = [...parallel, ...serial].filter(isRandom);
if (files.length === 0) throw new Error('no test that draws random cases matches');

const failed: string[] = [];
const endAtMs = performance.now() + minutes * 60_000;
let seed = Number(values.seed);
let runs = 0;
console.log(`fuzz: ${files.length} files for ${minutes} min, first seed ${seed}`);
while (performance.now() < endAtMs) {
  for (const file of files) {
    if (performance.now() >= endAtMs) break;
    const run = spawnSync(process.execPath, ['--expose-gc', '--import', pathToFileURL(join(build, 'test/fuzz/fixed-seed.js')).href, '--test', join(build, file)], {
      encoding: 'utf8',
      env: { ...process.env, SPARK_FUZZ_RUNS: '4', SPARK_FUZZ_SEED: String(seed) },
      timeout: 600_000,
    });
    runs++;
    if (run.status === 0) continue;
    failed.push(`${file} with SPARK_FUZZ_SEED=${seed}`);
    console.log(`FAILED: ${file} with SPARK_FUZZ_RUNS=4 SPARK_FUZZ_SEED=${seed}\n${run.stdout.slice(-6000)}\n${run.stderr.slice(-2000)}`);
  }
  seed += 100_000;
}
console.log(`fuzz: ${runs} runs, ${failed.length === 0 ? 'none failed' : `${failed.length} failed:\n${failed.join('\n')}`}`);
process.exitCode = failed.length === 0 ? 0 : 1;
