/** Fails when a source of the package imports what the ranks table in ARCHITECTURE.md does not allow. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLayers, parseRanks } from './layers.ts';
import { repoFiles, repoRoot, report } from './repo.ts';

const SRC = 'packages/spark-tui/src/';

const ranks = parseRanks(readFileSync(join(repoRoot, 'ARCHITECTURE.md'), 'utf8'));
const manifest = JSON.parse(readFileSync(join(repoRoot, 'packages/spark-tui/package.json'), 'utf8')) as {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
};
const packages = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
const files = repoFiles((path) => path.startsWith(SRC) && path.endsWith('.ts'));
if (files.length === 0) throw new Error(`no sources in ${SRC}`);

const inSrc = files.map(({ path, text }) => ({ path: path.slice(SRC.length), text }));
const findings = checkLayers(inSrc, ranks, packages).map((found) => ({ ...found, path: SRC + found.path }));
report(findings, `layers: ${files.length} files obey ${ranks.size} ranked folders`);
