/**
 * Runs the compiled tests with node:test: two files at a time, then those that wait for
 * pseudo-terminals, four at a time, then those that measure, one by one; reported as one run with one summary at its end. (`node --test` of Node 20 knows no globs and
 * only one concurrency for all.)
 *
 *   node .build/scripts/run-tests.js [--test-name-pattern=<regex>] [part of a path …]
 *
 * The flags of this process (--expose-gc, --import) go to the test processes. A file that runs longer
 * than five minutes fails.
 */
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { buildFolder, listTestFiles } from './test-files.ts';
import { formatTotals, type Totals, readTotal } from './test-totals.ts';

const CONCURRENCY = 2;
const WAITING_CONCURRENCY = 4;
const FILE_TIMEOUT_MS = 300_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'test-name-pattern': { type: 'string', multiple: true } },
});
const { parallel, waiting, serial } = listTestFiles(buildFolder, positionals);
if (parallel.length + waiting.length + serial.length === 0) throw new Error(`no test file matches ${positionals.join(', ')}`);

const totals: Totals = new Map();

/** Events of all runs in turn, without the summary each of them ends with: those are added up. */
async function* events(): AsyncGenerator<unknown> {
  for (const [files, concurrency] of [[parallel, CONCURRENCY], [waiting, WAITING_CONCURRENCY], [serial, 1]] as const) {
    if (files.length === 0) continue;
    const stream = run({
      files: files.map((path) => join(buildFolder, path)),
      concurrency,
      timeout: FILE_TIMEOUT_MS,
      testNamePatterns: values['test-name-pattern'] ?? [],
    });
    for await (const event of stream as AsyncIterable<{ type: string; data: { message?: string; nesting?: number } }>) {
      const { type, data } = event;
      if (type === 'test:diagnostic' && data.nesting === 0 && readTotal(data.message ?? '', totals)) continue;
      yield event;
    }
  }
}

const reporter = new spec();
const printed = (async () => {
  for await (const text of reporter) process.stdout.write(text as string);
})();
for await (const event of events()) reporter.write(event);
reporter.end();
await printed;

process.stdout.write(formatTotals(totals));
if (totals.get('fail') !== 0 || totals.get('cancelled') !== 0 || !(totals.get('pass')! > 0)) process.exitCode = 1;
