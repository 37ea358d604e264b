/**
 * All benchmarks of the product, briefly, and one table of what misses its limit: `npm run bench`. Each can be run
 * alone, longer: `node .build/bench/<name>.js`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, HEADER, line, verdict } from './figures.ts';

const BENCHES = ['frame', 'latency', 'idle', 'memory', 'scroll', 'decode', 'key-latency', 'stats', 'guard', 'contract'];

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'spark-bench-'));
const file = join(folder, 'figures.jsonl');
const wanted = process.argv.slice(2);
const failed: string[] = [];
for (const bench of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(bench)) continue;
  const { status } = spawnSync(process.execPath, [join(here, `${bench}.js`), '--brief'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, SPARK_BENCH_FIGURES: file },
  });
  if (status !== 0) failed.push(bench);
}
const figures = existsSync(file)
  ? readFileSync(file, 'utf8').trim().split('\n').map((text) => JSON.parse(text) as Figure & { bench: string })
  : [];
rmSync(folder, { recursive: true, force: true });

const limited = figures.filter(({ limit }) => limit !== undefined);
const missed = limited.filter((figure) => verdict(figure) === 'MISSED');
console.log(`\n${limited.length - missed.length} of ${limited.length} figures keep their limit${missed.length === 0 ? '' : '; these do not:'}`);
if (missed.length > 0) console.log(HEADER);
for (const figure of missed) console.log(line({ ...figure, name: `${figure.bench}: ${figure.name.trim()}` }));
if (failed.length > 0) console.log(`did not run to its end: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
