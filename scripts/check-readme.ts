/**
 * Runs what the documentation tells people to run. Every `ts` and `sh` block of README.md and
 * docs/**.md is executed, or is marked `<!-- not run: reason -->` on the line before it.
 *
 *   ts block → a module in .build/docs, compiled strictly against the built package, then run
 *   sh block → its commands, in the root of the repository (see shell-commands.ts)
 *
 * Both run without a terminal and with a time limit. A block that mounts an app must print a frame
 * and end by itself: that is what an app does when its output is no terminal.
 *
 *   node .build/scripts/check-readme.js [file.md …]
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { type CodeBlock, codeBlocks } from './markdown-blocks.ts';
import { type Finding, repoPaths, repoRoot, report } from './repo.ts';
import { outputTail, runCommand } from './run-command.ts';
import { npmScript, planCommands } from './shell-commands.ts';

const TS_TIMEOUT_MS = 20_000;
const SH_TIMEOUT_MS = 120_000;
const SHELL = ['sh', 'bash', 'shell', 'console'];
const SCRIPT = ['ts', 'typescript', 'js', 'javascript', 'mjs', 'tsx', 'jsx'];

const outFolder = join(repoRoot, '.build', 'docs');
const findings: Finding[] = [];
let ran = 0;
let covered = 0;
let marked = 0;

interface Program {
  readonly path: string;
  readonly block: CodeBlock;
  readonly name: string;
}

const named = process.argv.slice(2);
const paths = named.length > 0 ? named : repoPaths().filter((path) => /^(?:README\.md|docs\/.*\.md)$/.test(path));
if (named.length === 0 && !paths.includes('README.md')) {
  findings.push({ path: 'README.md', line: 1, message: 'is missing' });
}

const programs: Program[] = [];
for (const path of paths) {
  for (const block of codeBlocks(readFileSync(resolve(repoRoot, path), 'utf8'))) {
    const isShell = SHELL.includes(block.language);
    if (!isShell && !SCRIPT.includes(block.language)) continue;
    if (block.notRun !== null) marked++;
    else if (isShell) await runShell(path, block);
    else programs.push({ path, block, name: `${basename(path, '.md')}-${block.line}` });
  }
}
await runPrograms();
rmSync(outFolder, { recursive: true, force: true });
report(findings, `documentation: ${ran} run, ${covered} covered by the check itself, ${marked} marked as not run`);

/** Runs the commands of one `sh` block. */
async function runShell(path: string, block: CodeBlock): Promise<void> {
  const scripts = (JSON.parse(readFileSync(join(repoRoot, 'package.json'), 'utf8')) as { scripts: object }).scripts;
  for (const plan of planCommands(block.code)) {
    const script = npmScript(plan.command);
    if (script !== null && !(script in scripts)) {
      findings.push({ path, line: block.line, message: `\`${plan.command}\`: no such script in package.json` });
    } else if (plan.kind === 'covered') covered++;
    else await execute(path, block.line, plan.command, ['bash', '-euo', 'pipefail', '-c', plan.command], SH_TIMEOUT_MS);
  }
}

/** Compiles all `ts` blocks in one go, then runs each that compiled. */
async function runPrograms(): Promise<void> {
  if (programs.length === 0) return;
  rmSync(outFolder, { recursive: true, force: true });
  mkdirSync(outFolder, { recursive: true });
  for (const { block, name } of programs) writeFileSync(join(outFolder, `${name}.ts`), `${block.code}\n`);
  const config = {
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: '.', outDir: 'out', noUnusedLocals: false, noUnusedParameters: false },
    include: ['*.ts'],
  };
  writeFileSync(join(outFolder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const compile = [process.execPath, tsc, '-p', outFolder, '--pretty', 'false'];
  const run = await runCommand(compile, { cwd: outFolder, timeoutMs: SH_TIMEOUT_MS });
  const broken = new Set<string>();
  for (const line of run.stdout.split('\n').filter((text) => text !== '')) {
    const at = /^(.+)\.ts\((\d+),\d+\): (.*)$/.exec(line);
    const program = programs.find(({ name }) => name === at?.[1]);
    if (program === undefined || at === null) {
      findings.push({ path: paths[0]!, line: 1, message: line });
      continue;
    }
    broken.add(program.name);
    findings.push({ path: program.path, line: program.block.line + Number(at[2]), message: at[3]! });
  }
  for (const { path, block, name } of programs) {
    const file = join(outFolder, 'out', `${name}.js`);
    if (broken.has(name) || !existsSync(file)) continue;
    const printed = await execute(path, block.line, 'the block', [process.execPath, file], TS_TIMEOUT_MS);
    if (printed !== null && /\bmount\(/.test(block.code) && printed.trim() === '') {
      findings.push({ path, line: block.line, message: 'mounts an app but printed no frame' });
    }
  }
}

/** Runs a command; returns what it printed, or null after reporting why it failed. */
async function execute(
  path: string,
  line: number,
  what: string,
  command: readonly string[],
  timeoutMs: number,
): Promise<string | null> {
  const result = await runCommand(command, { cwd: repoRoot, timeoutMs });
  ran++;
  if (result.failure === null) return result.stdout;
  findings.push({ path, line, message: `${what} failed: ${result.failure}\n${outputTail(result)}` });
  return null;
}
