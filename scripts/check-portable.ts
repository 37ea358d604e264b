/** Fails when a file of the repository names a folder of this machine or an address packages are loaded from. */
import { homedir, tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { unportable } from './file-rules.ts';
import { repoFiles, repoRoot, report } from './repo.ts';

// The folder a checkout lies in may be one every text is free to name; then only the checkout itself is telling.
const parent = dirname(repoRoot);
const ordinary = ['/', tmpdir(), '/tmp'];
const folders = [ordinary.includes(parent) ? repoRoot : `${parent}/`, homedir()].filter((path) => path.length > 1);
const files = repoFiles(() => true);
report(unportable(files, folders), `portable: ${files.length} files name no machine and no registry`);
