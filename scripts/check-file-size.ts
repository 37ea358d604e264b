/** Fails when a source is too long to hold one noun or verb. */
import { oversized } from './file-rules.ts';
import { repoFiles, report } from './repo.ts';

const files = repoFiles((path) => /\.(?:ts|mjs|js)$/.test(path));
report(oversized(files), `file size: ${files.length} files`);
