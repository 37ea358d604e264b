/**
 * UTF-8 one byte at a time, across any cut. Invalid bytes are found by the WHATWG rule: one error for each maximal part
 * of a sequence. Source: WHATWG Encoding, "UTF-8 decoder".
 */

/** More bytes are needed. */
export const UTF8_MORE = -1;
/** The byte is invalid and consumed. */
export const UTF8_INVALID = -2;
/** What came before was cut short; the byte must be looked at again. */
export const UTF8_CUT = -3;

/** Decodes UTF-8 one byte at a time. */
export class Utf8 {
  /** Continuation bytes still needed; 0 between characters. */
  need = 0;
  private length = 0;
  private code = 0;
  private lower = 0x80;
  private upper = 0xbf;

  /** Bytes taken of an unfinished character. */
  get heldBytes(): number {
    return this.need === 0 ? 0 : this.length - this.need;
  }

  reset(): void {
    this.need = 0;
  }

  /** Takes a byte; returns the finished code point, or one of the `UTF8_*` values. */
  step(byte: number): number {
    if (this.need === 0) return byte < 0x80 ? byte : this.lead(byte);
    if (byte < this.lower || byte > this.upper) {
      this.need = 0;
      return UTF8_CUT;
    }
    this.lower = 0x80;
    this.upper = 0xbf;
    this.code = (this.code << 6) | (byte & 0x3f);
    return --this.need === 0 ? this.code : UTF8_MORE;
  }

  private lead(byte: number): number {
    this.lower = 0x80;
    this.upper = 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) {
      this.need = 1;
      this.code = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      this.need = 2;
      this.code = byte & 0x0f;
      // No overlong forms, no surrogates.
      if (byte === 0xe0) this.lower = 0xa0;
      else if (byte === 0xed) this.upper = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.need = 3;
      this.code = byte & 0x07;
      // No overlong forms, nothing above U+10FFFF.
      if (byte === 0xf0) this.lower = 0x90;
      else if (byte === 0xf4) this.upper = 0x8f;
    } else {
      return UTF8_INVALID;
    }
    this.length = this.need + 1;
    return UTF8_MORE;
  }
}
