/** Adds up the summaries of several node:test runs and prints them as node:test prints one. */

/** Name of a total, as node:test writes it, and its value. */
export type Totals = Map<string, number>;

const NAMES = ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo', 'duration_ms'];

/** Adds a summary line such as `pass 12` to `totals`; false when `message` is no such line. */
export function readTotal(message: string, totals: Totals): boolean {
  const [name, value, ...rest] = message.split(' ');
  if (rest.length > 0 || !NAMES.includes(name!) || !/^\d+(?:\.\d+)?$/.test(value ?? '')) return false;
  totals.set(name!, (totals.get(name!) ?? 0) + Number(value));
  return true;
}

/** The closing lines: `ℹ tests 12` and so on. A total no run reported is left out. */
export function formatTotals(totals: Totals): string {
  let text = '';
  for (const name of NAMES) {
    const value = totals.get(name);
    if (value !== undefined) text += `ℹ ${name} ${name === 'duration_ms' ? Math.round(value) : value}\n`;
  }
  return text;
}
