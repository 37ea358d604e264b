/**
 * Proves the package on every runtime it supports, as users get it.
 *
 *   npm pack ─▶ tarball ─▶ npm install in an empty folder ─▶ smoke.mjs, hello.mjs on each runtime
 *   compiled unit tests of the package ───────────────────▶ each runtime's own test runner
 *   most of test/pty, run by Node, its programs by the runtime ▶ Bun, then Deno, alone
 *
 * The first two run on two runtimes at a time. What a runtime leaves out is printed, with the
 * reason. A name as argument (`bun`, `node 24`) checks that one alone.
 */
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPinned, must } from './install-pinned.ts';
import { repoRoot } from './repo.ts';
import { outputTail, runCommand } from './run-command.ts';
import { otherRuntimes, type Runtime, runtimesFolder, thisNode } from './runtimes.ts';
import { buildFolder, listTestFiles } from './test-files.ts';

const PROGRAM_TIMEOUT_MS = 30_000;
const TESTS_TIMEOUT_MS = 240_000;
const SIDE_BY_SIDE = 2;
/** Those whose outcome depends on how a runtime treats descriptors, signals and its own end. */
const PTY_TESTS = ['mount', 'modes', 'exit-matrix', 'guard', 'watchdog', 'suspend', 'terminal', 'writer', 'capabilities', 'slow-reader', 'error-text'].map((name) => `test/pty/${name}.test.js`);
const SRC = 'packages/spark-tui/src/';

const only = process.argv.slice(2).join(' ');
const runtimes = [thisNode, ...otherRuntimes].filter(({ name }) => only === '' || name === only);
if (runtimes.length === 0) throw new Error(`no runtime is called ${only}`);

const folder = mkdtempSync(join(tmpdir(), 'spark-tui-runtimes-'));
try {
  await installPinned(runtimesFolder);
  await installPackage();
  const waiting = [...runtimes];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(next);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  for (const runtime of runtimes) await checkTerminal(runtime);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Packs the package and installs the tarball, with its dependencies, in the empty folder. */
async function installPackage(): Promise<void> {
  await must('npm pack', ['npm', 'pack', '--pack-destination', folder], join(repoRoot, 'packages/spark-tui'));
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }\n');
  await must('npm install of the tarball', ['npm', 'install', '--no-audit', '--no-fund', `./${tarball}`], folder);
  for (const name of ['smoke.mjs', 'hello.mjs']) copyFileSync(join(repoRoot, 'test/runtime', name), join(folder, name));
}

/** Runs everything on one runtime and prints one line, and the output of what failed. */
async function check(runtime: Runtime): Promise<void> {
  const startedMs = performance.now();
  const failures: string[] = [];
  const attempt = async (what: string, command: string[], cwd: string, timeoutMs: number): Promise<string> => {
    const result = await runCommand(command, { cwd, timeoutMs });
    if (result.failure !== null) failures.push(`${what}: ${result.failure}\n${outputTail(result)}`);
    return result.stdout;
  };
  const version = await attempt('version', [...runtime.versionCommand], folder, PROGRAM_TIMEOUT_MS);
  if (!version.startsWith(runtime.version)) failures.push(`version ${version.trim()} is not ${runtime.version}x`);
  await attempt('smoke.mjs', runtime.program('smoke.mjs'), folder, PROGRAM_TIMEOUT_MS);
  const hello = await attempt('hello.mjs', runtime.program('hello.mjs'), folder, PROGRAM_TIMEOUT_MS);
  if (!hello.includes('hello from a pipe')) failures.push(`hello.mjs printed ${JSON.stringify(hello)}`);

  let tests = 'its tests are the step «tests»';
  if (runtime !== thisNode) {
    const files = unitTests(runtime);
    await attempt('unit tests', runtime.tests(files), repoRoot, TESTS_TIMEOUT_MS);
    tests = `${files.length} test files`;
    for (const [left, reason] of runtime.leftOut) tests += `; without ${left}: ${reason}`;
  }
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const verdict = failures.length === 0 ? 'ok' : 'FAILED';
  console.log(`${runtime.name} (${version.split('\n')[0]!.trim()}): ${verdict}, ${tests}, ${seconds} s`);
  for (const failure of failures) console.log(`  ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}

/** Runs the pseudo-terminal tests with their programs on this runtime; nothing else runs meanwhile. */
async function checkTerminal(runtime: Runtime): Promise<void> {
  if (runtime.ptyBinary === null) return;
  const command = [process.execPath, join(buildFolder, 'scripts/run-tests.js'), ...PTY_TESTS];
  const env = { SPARK_RUNTIME: runtime.ptyBinary };
  const result = await runCommand(command, { cwd: repoRoot, timeoutMs: TESTS_TIMEOUT_MS, env });
  const verdict = result.failure === null ? 'ok' : 'FAILED';
  console.log(`${runtime.name} in a pseudo-terminal: ${verdict}, ${PTY_TESTS.length} test files, ${(result.durationMs / 1000).toFixed(1)} s`);
  if (result.failure === null) return;
  console.log(`  ${result.failure}\n${outputTail(result, 60)}`);
  process.exitCode = 1;
}

/** Compiled unit tests of the package that this runtime runs. */
function unitTests(runtime: Runtime): string[] {
  const all = listTestFiles(buildFolder, [SRC]).parallel;
  const files = all.filter((path) => ![...runtime.leftOut.keys()].some((left) => path.slice(SRC.length).startsWith(left)));
  if (files.length === 0) throw new Error(`no compiled unit tests below ${SRC}`);
  return files.map((path) => `.build/${path}`);
}
