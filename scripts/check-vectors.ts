/**
 * Runs layout vectors through the built package and prints the pass rate of each group.
 *
 *   npm run vectors:layout -- --dir DIR [--group NAME] [--wrong]
 *
 * DIR holds JSON files of the schema layout-vectors/1 (default: layout/public in `SPARK_VECTORS`, else in
 * ../shared/vectors beside the repository). `--wrong` lists every case that is wrong.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { type Adapter, formatResults, runVectors } from '../test/layout/run-vectors.ts';
import { repoRoot } from './repo.ts';

const { values } = parseArgs({
  options: { dir: { type: 'string' }, group: { type: 'string' }, wrong: { type: 'boolean', default: false } },
});
const standard = join(process.env['SPARK_VECTORS'] ?? join(repoRoot, '../shared/vectors'), 'layout/public');
const adapter = (await import(pathToFileURL(join(repoRoot, 'test/conformance/layout-adapter.mjs')).href)) as Adapter;
await adapter.init();
const results = runVectors(resolve(values.dir ?? standard), adapter, values.group === undefined ? undefined : [values.group]);
console.log(formatResults(results));
if (values.wrong) for (const result of results) for (const line of result.wrong) console.log(`${result.group}: ${line}`);
