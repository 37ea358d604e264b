/**
 * Decides what the check does with a documented shell command. A command that is the check itself,
 * or the road to it, is not run from within it; it is known to work because the check is running.
 */

/** Either run as it stands, or vouched for by another part of the check. */
export type CommandPlan =
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'covered'; readonly command: string; readonly by: string };

const COVERED: readonly (readonly [RegExp, string])[] = [
  [/^npm ci$/, 'CI runs it before the check'],
  [/^npm (?:test|run (?:test|check|build))(?: -- .*)?$/, 'the check is what runs it'],
  [/^(?:git clone|cd) \S+$/, 'the check runs in a clone'],
  [/^npm (?:install|i|add) spark-tui$/, 'the runtime matrix installs the packed package'],
];

/** Plans each command of a `sh` block: one a line, or several joined by `&&`. Comments, blank lines and prompts are dropped. */
export function planCommands(code: string): CommandPlan[] {
  const plans: CommandPlan[] = [];
  for (const line of code.replace(/\\\n/g, ' ').split('\n')) {
    const text = line.replace(/^\s*\$ /, '').replace(/(?:^|\s)#.*$/, '').trim();
    if (text === '') continue;
    for (const part of text.split('&&')) {
      const command = part.trim();
      const covered = COVERED.find(([pattern]) => pattern.test(command));
      if (covered !== undefined) plans.push({ kind: 'covered', command, by: covered[1] });
      else plans.push({ kind: 'run', command });
    }
  }
  return plans;
}

/** The npm script a command starts (`npm test` → `test`), or null. */
export function npmScript(command: string): string | null {
  const match = /^npm (?:(test)|run ([\w:-]+))/.exec(command);
  return match?.[1] ?? match?.[2] ?? null;
}
