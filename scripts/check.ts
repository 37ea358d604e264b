/**
 * The check: what CI runs, and the definition of green. Every step runs even when an earlier one
 * failed; a step is one command. The tests come last, so that the output ends with their summary.
 *
 *   npm run check                 build, then all steps
 *   npm run check -- lint layers  build, then these steps
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repoRoot } from './repo.ts';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const npm = (name: string): string[] => ['npm', 'run', '--silent', name];
const script = (name: string): string[] => [process.execPath, join(repoRoot, '.build', 'scripts', `${name}.js`)];

// The types of everything are checked by the build, without which none of this runs.
const steps: readonly Step[] = [
  { name: 'lint', command: npm('lint') },
  { name: 'layers', command: script('check-layers') },
  { name: 'file-size', command: script('check-file-size') },
  { name: 'portable', command: script('check-portable') },
  { name: 'lockfiles', command: script('lockfiles') },
  { name: 'unused', command: npm('unused') },
  { name: 'package', command: npm('package') },
  { name: 'documentation', command: script('check-readme') },
  { name: 'runtimes', command: script('check-runtimes') },
  { name: 'test-runners', command: script('check-test-runners') },
  { name: 'tests', command: [process.execPath, '--expose-gc', '--import', './.build/test/fuzz/fixed-seed.js', ...script('run-tests').slice(1)] },
];

const wanted = process.argv.slice(2);
for (const name of wanted) {
  if (!steps.some((step) => step.name === name)) throw new Error(`no step ${name}; there are ${steps.map((step) => step.name).join(', ')}`);
}

const failed: string[] = [];
const startedMs = performance.now();
for (const { name, command } of steps) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`── ${name}`);
  const stepMs = performance.now();
  const [file, ...args] = command as [string, ...string[]];
  const run = spawnSync(file, args, { cwd: repoRoot, stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.error !== undefined) console.error(run.error.message);
  if (run.status !== 0) failed.push(name);
  if (name !== 'tests') console.log(`   ${run.status === 0 ? 'ok' : 'FAILED'} in ${seconds(stepMs)} s`);
}
console.log(`check: ${failed.length === 0 ? 'green' : `FAILED: ${failed.join(', ')}`} in ${seconds(startedMs)} s`);
if (failed.length > 0) process.exitCode = 1;

function seconds(sinceMs: number): string {
  return ((performance.now() - sinceMs) / 1000).toFixed(1);
}
