/**
 * Where a frame's bytes are put together: one growable array of bytes, written without strings.
 *
 *   bytes = [ used: 0 … length-1 | free … capacity ]
 *
 * Invariant: nothing is ever written beyond the capacity; each write makes room first.
 */

/** The decimal digits of 0–999: count in bits 24–25, first digit in bits 0–7, next in 8–15, 16–23. */
const DIGITS = new Uint32Array(1000);
for (let n = 0; n < 1000; n++) {
  const hundreds = 0x30 + Math.floor(n / 100);
  const tens = 0x30 + (Math.floor(n / 10) % 10);
  const ones = 0x30 + (n % 10);
  if (n < 10) DIGITS[n] = (1 << 24) | ones;
  else if (n < 100) DIGITS[n] = (2 << 24) | (ones << 8) | tens;
  else DIGITS[n] = (3 << 24) | (ones << 16) | (tens << 8) | hundreds;
}

/** How many decimal digits a number from 0 to 99999 has. */
export function digitsOf(n: number): number {
  if (n < 10) return 1;
  if (n < 100) return 2;
  if (n < 1000) return 3;
  return n < 10000 ? 4 : 5;
}

/**
 * A growable sequence of bytes.
 *
 * @example
 * const out = new ByteBuffer();
 * out.codePoint(0x4e2d);
 * output.write(out.view());
 */
export class ByteBuffer {
  /** The backing array; only the first `length` bytes mean something. Replaced when it grows. */
  bytes: Uint8Array;
  /** The same memory, for writing several bytes at once. */
  data: DataView;
  length = 0;

  constructor(capacityBytes: number = 16384) {
    this.bytes = new Uint8Array(capacityBytes);
    this.data = new DataView(this.bytes.buffer);
  }

  /** What was written, as a view that the next write may change. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** Makes room for `count` more bytes: they may then be written into `bytes` directly, and `length` moved on. */
  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.grow(count);
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = value;
  }

  /** Writes `value` `count` times. */
  repeat(value: number, count: number): void {
    if (this.length + count > this.bytes.length) this.grow(count);
    const bytes = this.bytes;
    const end = this.length + count;
    if (count < 16) for (let at = this.length; at < end; at++) bytes[at] = value;
    else bytes.fill(value, this.length, end);
    this.length = end;
  }

  /** Writes an integer from 0 to 99999 in decimal. */
  decimal(value: number): void {
    if (this.length + 5 > this.bytes.length) this.grow(5);
    const bytes = this.bytes;
    let at = this.length;
    let rest = value;
    if (value >= 1000) {
      if (value >= 10000) bytes[at++] = 0x30 + Math.floor(value / 10000);
      bytes[at++] = 0x30 + (Math.floor(value / 1000) % 10);
      rest = value % 1000;
      bytes[at++] = 0x30 + Math.floor(rest / 100);
      bytes[at++] = 0x30 + (Math.floor(rest / 10) % 10);
      bytes[at++] = 0x30 + (rest % 10);
      this.length = at;
      return;
    }
    const digits = DIGITS[rest];
    const count = digits >>> 24;
    bytes[at] = digits & 0xff;
    bytes[at + 1] = (digits >>> 8) & 0xff;
    bytes[at + 2] = (digits >>> 16) & 0xff;
    this.length = at + count;
  }

  /** Writes a Unicode scalar value as UTF-8. */
  codePoint(code: number): void {
    if (this.length + 4 > this.bytes.length) this.grow(4);
    const bytes = this.bytes;
    let at = this.length;
    if (code < 0x80) {
      bytes[at++] = code;
    } else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    }
    this.length = at;
  }

  /** Appends bytes. */
  append(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.bytes.length) this.grow(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Appends a string of ASCII characters. For the rare path: start, end, titles. */
  ascii(text: string): void {
    for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i) & 0x7f);
  }

  /** Takes the bytes `start` … `end`-1 out; what follows moves up. */
  remove(start: number, end: number): void {
    this.bytes.copyWithin(start, end, this.length);
    this.length -= end - start;
  }

  private grow(more: number): void {
    let capacity = Math.max(64, this.bytes.length * 2);
    while (capacity < this.length + more) capacity *= 2;
    const bytes = new Uint8Array(capacity);
    bytes.set(this.bytes.subarray(0, this.length));
    this.bytes = bytes;
    this.data = new DataView(bytes.buffer);
  }
}
