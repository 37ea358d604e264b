/** Which modes a program's output has left switched on: a reader of its own, apart from any emulator. */

/** What a fresh terminal has on. */
const ON_AT_START = [7, 25];

export class ModeTracker {
  /** Bytes seen that may be the beginning of a sequence. */
  private tail = '';
  private readonly modes = new Map<number, boolean>();
  private readonly kittyStacks: [number, number] = [0, 0];
  /** Every mode change in order, as `+1049` or `-1049`; kitty pushes and pops as `+kitty`, `-kitty`. */
  readonly log: string[] = [];

  feed(text: string): void {
    const all = this.tail + text;
    let last = 0;
    // oxlint-disable-next-line no-control-regex -- the control character is what is looked for
    for (const match of all.matchAll(/\u001b\[([?<>=]?)([\d;]*)([a-zA-Z])/g)) {
      last = match.index + match[0].length;
      const [, prefix, parameters, final] = match;
      if (prefix === '?' && (final === 'h' || final === 'l')) {
        for (const mode of parameters.split(';')) {
          this.modes.set(Number(mode), final === 'h');
          this.log.push(`${final === 'h' ? '+' : '-'}${mode}`);
        }
      }
      if (final === 'u' && (prefix === '>' || prefix === '<')) {
        const screen = this.modes.get(1049) === true ? 1 : 0;
        this.kittyStacks[screen] += prefix === '>' ? 1 : -1;
        this.log.push(prefix === '>' ? '+kitty' : '-kitty');
      }
    }
    const escape = all.lastIndexOf('\u001b');
    this.tail = escape >= last ? all.slice(escape).slice(0, 64) : '';
  }

  isOn(mode: number): boolean {
    return this.modes.get(mode) ?? ON_AT_START.includes(mode);
  }

  /** Modes that are not as a fresh terminal has them; empty after a clean end. */
  left(): string[] {
    const left: string[] = [];
    for (const [mode, on] of this.modes) if (on !== ON_AT_START.includes(mode)) left.push(`${on ? '+' : '-'}${mode}`);
    if (this.kittyStacks[0] !== 0 || this.kittyStacks[1] !== 0) left.push('kitty');
    return left;
  }
}
