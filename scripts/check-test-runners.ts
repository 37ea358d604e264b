/**
 * Runs the tests of `test/runners` in test runners of others: vitest and jest, which `tools/test-runners` pins, and bun test.
 * node:test and Deno's run what they prove with the unit tests (check-runtimes.ts).
 */
import { join } from 'node:path';
import { installPinned } from './install-pinned.ts';
import { repoRoot } from './repo.ts';
import { outputTail, runCommand } from './run-command.ts';
import { otherRuntimes, runtimesFolder, thisNode } from './runtimes.ts';

const TIMEOUT_MS = 120_000;
const TESTS = 'test/runners';

const folder = join(repoRoot, 'tools', 'test-runners');
const runner = (...path: string[]): string => join(folder, 'node_modules', ...path);

/** The command of a runtime that runs a file. */
function run(name: string, file: string, flags: readonly string[] = []): string[] {
  const runtime = [thisNode, ...otherRuntimes].find((one) => one.name === name);
  if (runtime === undefined) throw new Error(`there is no runtime ${name}`);
  const [command, ...rest] = runtime.program(file) as [string, ...string[]];
  return [command, ...flags, ...rest];
}

const runners: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['vitest', [...run(thisNode.name, runner('vitest', 'vitest.mjs')), 'run', '--globals', '--root', '.', '--dir', TESTS]],
  ['jest', [...run(thisNode.name, runner('jest', 'bin', 'jest.js'), ['--experimental-vm-modules']), '--rootDir', TESTS, '--testMatch', '**/*.test.mjs']],
  ['bun test', [...run('bun', 'test'), `./${TESTS}/no-leak.test.mjs`]],
];

await installPinned(runtimesFolder);
await installPinned(folder);
for (const [name, command] of runners) {
  const result = await runCommand(command, { cwd: repoRoot, timeoutMs: TIMEOUT_MS });
  console.log(`${name}: ${result.failure === null ? 'ok' : 'FAILED'}, ${(result.durationMs / 1000).toFixed(1)} s`);
  if (result.failure === null) continue;
  console.log(`  ${result.failure}\n${outputTail(result)}`);
  process.exitCode = 1;
}
