/**
 * Checks the repository's lockfiles, or repairs them after `npm install` changed one.
 *
 *   node .build/scripts/lockfiles.js           fails when `npm ci` could not use one in a fresh clone
 *   node .build/scripts/lockfiles.js complete  adds what is missing (see lockfile.ts)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeLockfile, type Lockfile, missingOptionals } from './lockfile.ts';
import { type Finding, repoRoot, report } from './repo.ts';

const PATHS = ['package-lock.json', 'tools/runtimes/package-lock.json', 'tools/peers/package-lock.json', 'tools/test-runners/package-lock.json'];
const complete = process.argv[2] === 'complete';

const findings: Finding[] = [];
for (const path of PATHS) {
  const lockfile = JSON.parse(readFileSync(join(repoRoot, path), 'utf8')) as Lockfile;
  const missing = missingOptionals(lockfile);
  if (complete && missing.length > 0) {
    writeFileSync(join(repoRoot, path), `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`);
    console.log(`${path}: ${missing.length} entries added`);
  } else {
    for (const { name } of missing) findings.push({ path, line: 1, message: `has no entry for ${name}; run npm run lockfiles` });
  }
}
report(findings, `lockfiles: ${PATHS.length} complete`);
