/**
 * The table of `docs/reliability.md`: every way of the exit matrix, for this package and for others run through the same
 * harness. Only the part between the marks is written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT_WAYS, type ExitWay, type Outcome, runExit, type RunOptions } from './exit-matrix.ts';

// This file runs from `.build*/test/pty`.
const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const page = join(root, 'docs/reliability.md');
const BEGIN = '<!-- exit table: begin -->';
const END = '<!-- exit table: end -->';
const LIMIT_MS = 4000;

interface Program extends RunOptions {
  readonly name: string;
  /** Ours: has a guard for the ways that need one. */
  readonly isOurs: boolean;
}

/** What is wrong in an outcome, in a few words; `clean` when nothing is. */
function verdict(way: ExitWay, outcome: Outcome): string {
  const { status, lineRestored, modesLeft, errorShown, typed } = outcome;
  if (status === -1) return modesLeft.length === 0 ? 'does not end' : 'does not end, screen kept';
  const wrong: string[] = [];
  if (status !== way.status) wrong.push(`exit code ${status}`);
  if (!lineRestored) wrong.push('terminal stays raw');
  if (modesLeft.length > 0) wrong.push(`left on: ${modesLeft.map((mode) => mode.slice(/[+-]/.test(mode) ? 1 : 0)).join(' ')}`);
  if (way.error !== undefined && !errorShown) wrong.push('error not shown');
  if (typed !== '') wrong.push('input leaks into the shell');
  return wrong.length === 0 ? 'clean' : wrong.join('; ');
}

function version(name: string): string {
  const file = join(root, 'tools/peers/node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Runs everything and writes the table. Returns the names of our ways that are not clean. */
export async function writeExitTable(ours: string): Promise<string[]> {
  const programs: Program[] = [{ name: 'SparkTUI', isOurs: true, file: ours, args: ['fullscreen'], limitMs: LIMIT_MS * 2 }];
  const peers = join(root, 'tools/peers');
  const bun = join(root, 'tools/runtimes/node_modules/.bin/bun');
  if (existsSync(join(peers, 'node_modules/ink'))) {
    programs.push({ name: `Ink ${version('ink')}`, isOurs: false, file: join(peers, 'exits-ink.mjs'), limitMs: LIMIT_MS });
  }
  if (existsSync(join(peers, 'node_modules/@opentui/core')) && existsSync(bun)) {
    const name = `OpenTUI ${version('@opentui/core')} (Bun)`;
    programs.push({ name, isOurs: false, file: join(peers, 'exits-opentui.mjs'), command: bun, limitMs: LIMIT_MS });
  }
  const unclean: string[] = [];
  const rows = [['way out', ...programs.map(({ name }) => name)], programs.map(() => '---').concat('---')];
  for (const way of EXIT_WAYS) {
    const row = await Promise.all(
      programs.map(async (program) => {
        // Others have no guard: nothing to wait for. Bun cannot be given a limit of memory.
        if (way.how === 'oom' && program.command !== undefined) return '–';
        const args = (way.guarded === true || way.watched === true) && program.isOurs ? ['fullscreen', 'guard'] : (program.args ?? []);
        try {
          return verdict(way, await runExit({ ...way, guarded: way.guarded === true && program.isOurs }, { ...program, args }));
        } catch (error) {
          return `did not start: ${(error as Error).message.split('\n')[0]!.slice(0, 60)}`;
        }
      }),
    );
    if (row[0] !== 'clean') unclean.push(`${way.name}: ${row[0]}`);
    rows.push([way.name + (way.guarded === true || way.watched === true ? ' *' : ''), ...row]);
  }
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const text = readFileSync(page, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < 0) throw new Error(`${page} has no marks for the table`);
  const by = `Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  writeFileSync(page, `${text.slice(0, begin + BEGIN.length)}\n${table}\n\nMade on ${by}.\n${text.slice(end)}`);
  return unclean;
}
