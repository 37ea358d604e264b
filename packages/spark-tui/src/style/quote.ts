/** How error messages of this folder show a value that a user gave. */

const MAX_SHOWN = 80;

/** The value as JSON where it has one, shortened to 80 characters; never throws. */
export function quote(input: unknown): string {
  let shown: string;
  try {
    shown = JSON.stringify(input) ?? String(input);
  } catch {
    shown = typeof input === 'bigint' ? `${input}n` : typeof input;
  }
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN - 3)}…` : shown;
}
