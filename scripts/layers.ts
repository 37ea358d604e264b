/**
 * The rules of who may import whom, as functions of a ranks table and source texts.
 *
 *   ARCHITECTURE.md ──parseRanks──▶ folder → { rank, node } ──checkLayers(files)──▶ findings
 *
 * - A file imports its own folder, or `../<folder>/index.ts` of a folder of lower rank.
 * - What needs a process lives behind `index.node.ts`: only `*.node.ts` files, tests and public doors
 *   (but not `browser.ts`) import it or any other `*.node.ts`; everything else runs in a browser.
 * - `node:` imports only in `*.node.ts` of folders whose `node` column says so; tests are free to.
 * - Packages only from the published dependencies; tests are free to.
 * - Files directly in `src` are public doors: nothing but re-exports from folders' index.ts.
 */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { Finding, RepoFile } from './repo.ts';
import { blankComments, sourceImports } from './source-imports.ts';

/** One row of the ranks table. */
export interface Rank {
  readonly rank: number;
  /** Whether `*.node.ts` files of this folder may import `node:` modules. */
  readonly node: boolean;
}

/** Reads the table `| rank | folder | node | … |`. Throws when there is none or a row is malformed. */
export function parseRanks(markdown: string): Map<string, Rank> {
  const lines = markdown.split('\n');
  const header = lines.findIndex((line) => /^\|\s*rank\s*\|\s*folder\s*\|\s*node\s*\|/.test(line));
  if (header === -1) throw new Error('no table with the columns rank, folder, node');
  const ranks = new Map<string, Rank>();
  for (let at = header + 2; at < lines.length && lines[at]!.startsWith('|'); at++) {
    const [, rank, folder, node] = lines[at]!.split('|').map((cell) => cell.trim());
    if (!/^\d+$/.test(rank ?? '') || !/^[a-z-]+$/.test(folder ?? '') || !/^(node)?$/.test(node ?? '?')) {
      throw new Error(`malformed row of the ranks table: ${lines[at]}`);
    }
    if (ranks.has(folder!)) throw new Error(`folder ${folder} stands twice in the ranks table`);
    ranks.set(folder!, { rank: Number(rank), node: node === 'node' });
  }
  if (ranks.size === 0) throw new Error('the ranks table is empty');
  return ranks;
}

const builtins = new Set(builtinModules);

/** Checks files whose paths are relative to `src`. `packages` are the published dependencies. */
export function checkLayers(
  files: readonly RepoFile[],
  ranks: ReadonlyMap<string, Rank>,
  packages: ReadonlySet<string>,
): Finding[] {
  const findings: Finding[] = [];
  const unknown = new Set<string>();
  for (const file of files) {
    const folder = file.path.includes('/') ? file.path.slice(0, file.path.indexOf('/')) : null;
    if (folder !== null && !ranks.has(folder)) {
      if (!unknown.has(folder)) {
        findings.push({ path: file.path, line: 1, message: `folder ${folder} is not in the ranks table` });
      }
      unknown.add(folder);
      continue;
    }
    if (folder === null && !isReexportsOnly(file.text)) {
      findings.push({ path: file.path, line: 1, message: 'a public door consists of `export … from` only' });
    }
    for (const { specifier, line } of sourceImports(file.text)) {
      const message = judge(file.path, folder, specifier, ranks, packages);
      if (message !== null) findings.push({ path: file.path, line, message });
    }
  }
  return findings;
}

/** What is wrong with one import, or null. */
function judge(
  path: string,
  folder: string | null,
  specifier: string,
  ranks: ReadonlyMap<string, Rank>,
  packages: ReadonlySet<string>,
): string | null {
  const isTest = path.endsWith('.test.ts');
  if (specifier.startsWith('.')) return judgeRelative(path, folder, specifier, ranks);
  if (specifier.startsWith('node:') || builtins.has(specifier)) {
    if (isTest) return null;
    if (!specifier.startsWith('node:')) return `write node:${specifier}`;
    if (!path.endsWith('.node.ts')) return `${specifier} outside a *.node.ts file`;
    if (folder === null || !ranks.get(folder)!.node) return `${specifier} in a folder without node imports`;
    return null;
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (isTest || packages.has(name)) return null;
  return `package ${name} is not a dependency of the published package`;
}

function judgeRelative(
  path: string,
  folder: string | null,
  specifier: string,
  ranks: ReadonlyMap<string, Rank>,
): string | null {
  if (!specifier.endsWith('.ts')) return `${specifier} does not end in .ts`;
  const target = posix.normalize(posix.join(posix.dirname(path), specifier));
  if (target.startsWith('..')) return `${specifier} leaves src`;
  if (target.endsWith('.node.ts') && !mayNeedProcess(path, folder)) return `${specifier} needs a process, ${path} must not`;
  const slash = target.indexOf('/');
  if (slash === -1) return `${specifier} is a public door; only users come in by one`;
  const targetFolder = target.slice(0, slash);
  if (targetFolder === folder) return null;
  const targetRank = ranks.get(targetFolder);
  if (targetRank === undefined) return `folder ${targetFolder} is not in the ranks table`;
  const entry = target.slice(slash + 1);
  if (entry !== 'index.ts' && entry !== 'index.node.ts') return `${specifier} reaches deeper than ${targetFolder}/index.ts`;
  if (folder === null) return null;
  const own = ranks.get(folder)!.rank;
  if (targetRank.rank < own) return null;
  return `${folder} (rank ${own}) may not import ${targetFolder} (rank ${targetRank.rank})`;
}

/** Whether a file may import `*.node.ts` files. */
function mayNeedProcess(path: string, folder: string | null): boolean {
  if (path.endsWith('.node.ts') || path.endsWith('.test.ts')) return true;
  return folder === null && path !== 'browser.ts';
}

/** Whether a source has no statement besides `export … from '…'`. */
export function isReexportsOnly(source: string): boolean {
  const code = blankComments(source);
  return code.replace(/^export\s(?:type\s)?(?:\*|\{)[^;'"`]*?\bfrom\s*['"][^'"]+['"];?/gm, '').trim() === '';
}
