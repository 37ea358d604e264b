/**
 * The numbers of a control sequence: `CSI 97:65 ; 2:1 ; 65 u`.
 *
 *   values   97  65   2   1  65      one entry a number, 64 at most
 *   starts    0       2       4      where each main parameter (after `;`) begins; sub-parameters (after `:`) follow it
 *
 * A number that is absent reads as the default its asker names. Numbers stop growing at 2³⁰.
 */

const MAX_NUMBERS = 64;
const MAX_VALUE = 1 << 30;
const ABSENT = -1;

export class Params {
  /** Main parameters; 0 when the sequence has no parameter bytes at all. */
  count = 0;
  private used = 0;
  private readonly values = new Int32Array(MAX_NUMBERS);
  private readonly starts = new Uint8Array(MAX_NUMBERS + 1);

  clear(): void {
    this.count = 0;
    this.used = 0;
  }

  /** Takes a parameter byte: a digit, `:` or `;`. Returns false when there is no room left. */
  push(byte: number): boolean {
    if (this.used === 0) this.open(true);
    if (byte >= 0x3a) return this.open(byte === 0x3b);
    const last = this.used - 1;
    const before = this.values[last]!;
    const value = (before === ABSENT ? 0 : before) * 10 + (byte - 0x30);
    this.values[last] = value > MAX_VALUE ? MAX_VALUE : value;
    return true;
  }

  private open(main: boolean): boolean {
    if (this.used === MAX_NUMBERS) return false;
    if (main) this.starts[this.count++] = this.used;
    this.values[this.used++] = ABSENT;
    this.starts[this.count] = this.used;
    return true;
  }

  /** Main parameter `index`, or `fallback` when it is absent. */
  main(index: number, fallback: number): number {
    return this.sub(index, 0, fallback);
  }

  /** Sub-parameter `at` (0 is the main number itself) of parameter `index`, or `fallback` when absent. */
  sub(index: number, at: number, fallback: number): number {
    if (index >= this.count) return fallback;
    const place = this.starts[index]! + at;
    if (place >= this.starts[index + 1]!) return fallback;
    const value = this.values[place]!;
    return value === ABSENT ? fallback : value;
  }

  /** How many numbers parameter `index` has, itself included; 0 when it does not exist. */
  subCount(index: number): number {
    return index >= this.count ? 0 : this.starts[index + 1]! - this.starts[index]!;
  }

  /** All main parameters from `from` on; absent ones are 0. */
  list(from: number = 0): number[] {
    const out: number[] = [];
    for (let i = from; i < this.count; i++) out.push(this.main(i, 0));
    return out;
  }
}
