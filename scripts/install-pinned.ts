/** Installs what a folder of `tools/` pins in its lockfile, once for each state of it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputTail, runCommand } from './run-command.ts';

const NPM_TIMEOUT_MS = 300_000;

/** Runs `npm ci` in `folder`, unless that was done for this very lockfile. Throws with npm's output when it fails. */
export async function installPinned(folder: string): Promise<void> {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const stamp = join(folder, 'node_modules', '.installed-lock.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await must(`npm ci in ${folder}`, ['npm', 'ci', '--no-audit', '--no-fund'], folder);
  writeFileSync(stamp, lock);
}

/** Runs a command and throws with the end of its output when it fails. */
export async function must(what: string, command: readonly string[], cwd: string): Promise<void> {
  const result = await runCommand(command, { cwd, timeoutMs: NPM_TIMEOUT_MS });
  if (result.failure !== null) throw new Error(`${what} failed: ${result.failure}\n${outputTail(result)}`);
}
