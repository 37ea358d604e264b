/**
 * The table of `docs/reliability.md`: every way of the exit matrix, for this package and for others run through the same
 * harness. Only the part between the marks is written.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLOSED_WAYS, type Closed, EXIT_WAYS, type ExitWay, type Outcome, runClosed, runExit, type RunOptions } from './exit-matrix.ts';

// This file runs from `.build*/test/pty`.
const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const page = join(root, 'docs/reliability.md');
const BEGIN = '<!-- exit table: begin -->';
const END = '<!-- exit table: end -->';
const LIMIT_MS = 4000;
/** Some show themselves before they listen to keys. */
const SETTLE_MS = 300;
const GONE_MS = 1000;
const GONE_CPU_MS = 100;

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
  if (way.error === undefined && errorShown) wrong.push('prints a stack');
  if (typed !== '') wrong.push('input leaks into the shell');
  return wrong.length === 0 ? 'clean' : wrong.join('; ');
}

function closedVerdict({ goneMs, cpuMs }: Closed): string {
  const wrong: string[] = [];
  if (goneMs === null) wrong.push('does not end');
  else if (goneMs > GONE_MS) wrong.push(`gone after ${(goneMs / 1000).toFixed(1)} s`);
  if (cpuMs > GONE_CPU_MS) wrong.push(`${cpuMs} ms of CPU`);
  return wrong.length === 0 ? 'clean' : wrong.join('; ');
}

function version(name: string): string {
  const file = join(root, 'tools/peers/node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Runs everything and writes the table. Returns the names of our ways that are not clean. */
export async function writeExitTable(ours: string): Promise<string[]> {
  const programs: Program[] = [{ name: 'SparkTUI', isOurs: true, file: ours, args: ['fullscreen'], settleMs: SETTLE_MS, limitMs: LIMIT_MS * 2 }];
  const peers = join(root, 'tools/peers');
  const bun = join(root, 'tools/runtimes/node_modules/.bin/bun');
  if (existsSync(join(peers, 'node_modules/ink'))) {
    programs.push({ name: `Ink ${version('ink')}`, isOurs: false, file: join(peers, 'exits-ink.mjs'), settleMs: SETTLE_MS, limitMs: LIMIT_MS });
  }
  if (existsSync(join(peers, 'node_modules/@opentui/core')) && existsSync(bun)) {
    const name = `OpenTUI ${version('@opentui/core')} (Bun)`;
    programs.push({ name, isOurs: false, file: join(peers, 'exits-opentui.mjs'), command: bun, settleMs: SETTLE_MS, limitMs: LIMIT_MS });
  }
  const unclean: string[] = [];
  const rows = [['way out', ...programs.map(({ name }) => name)], programs.map(() => '---').concat('---')];
  const addRow = async (name: string, isHelped: boolean, run: (program: Program, args: readonly string[]) => Promise<string>): Promise<void> => {
    const row = await Promise.all(
      programs.map((program) =>
        run(program, isHelped && program.isOurs ? ['fullscreen', 'guard'] : (program.args ?? [])).catch(
          (error: unknown) => `did not start: ${(error as Error).message.split('\n')[0]!.slice(0, 60)}`,
        ),
      ),
    );
    if (row[0] !== 'clean') unclean.push(`${name}: ${row[0]}`);
    rows.push([isHelped ? `${name} *` : name, ...row]);
  };
  for (const way of EXIT_WAYS) {
    await addRow(way.name, way.guarded === true || way.watched === true, async (program, args) => {
      // Bun cannot be given a limit of memory.
      if (way.how === 'oom' && program.command !== undefined) return '–';
      // Others have no guard: nothing to wait for.
      return verdict(way, await runExit({ ...way, guarded: way.guarded === true && program.isOurs }, { ...program, args }));
    });
  }
  for (const [name, through] of CLOSED_WAYS) {
    await addRow(name, false, async (program, args) => closedVerdict(await runClosed(through, { ...program, args })));
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
