/**
 * UTF-8 of single code points, for encoders that write bytes without making strings.
 */

/**
 * Writes one code point (not a surrogate) at `offset` and returns the offset after it. Up to 4 bytes; the caller has
 * made room.
 */
export function writeCodePoint(codePoint: number, bytes: Uint8Array, offset: number): number {
  if (codePoint < 0x80) {
    bytes[offset] = codePoint;
    return offset + 1;
  }
  if (codePoint < 0x800) {
    bytes[offset] = 0xc0 | (codePoint >> 6);
    bytes[offset + 1] = 0x80 | (codePoint & 63);
    return offset + 2;
  }
  if (codePoint < 0x10000) {
    bytes[offset] = 0xe0 | (codePoint >> 12);
    bytes[offset + 1] = 0x80 | ((codePoint >> 6) & 63);
    bytes[offset + 2] = 0x80 | (codePoint & 63);
    return offset + 3;
  }
  bytes[offset] = 0xf0 | (codePoint >> 18);
  bytes[offset + 1] = 0x80 | ((codePoint >> 12) & 63);
  bytes[offset + 2] = 0x80 | ((codePoint >> 6) & 63);
  bytes[offset + 3] = 0x80 | (codePoint & 63);
  return offset + 4;
}
