/**
 * Runs before `npm pack` and `npm publish` of the package: builds it, so that a stale build cannot
 * be published, and puts the repository's README and licence beside its package.json (git-ignored).
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const build = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), 'package'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
for (const name of ['README.md', 'LICENSE']) {
  if (!existsSync(join(root, name))) {
    console.error(`prepack: ${name} is missing at the root of the repository`);
    process.exitCode = 1;
  } else copyFileSync(join(root, name), join(root, 'packages/spark-tui', name));
}
