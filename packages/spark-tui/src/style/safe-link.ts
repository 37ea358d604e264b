/**
 * Which addresses may become hyperlinks (OSC 8), and in which bytes. Content can come from anywhere, and a
 * terminal hands what is clicked to the system: so the schemes are few, nothing can end the sequence early, and the
 * length is what browsers and terminals take.
 *
 * Source of the limits: OSC 8 specification of egmontob (2,083 bytes, 32–126), CWE-150.
 */

const SCHEME = /^(?:https?|ftp|mailto|file):/i;
/** Longest link in bytes. */
const MAX_LINK_BYTES = 2083;
const encoder = new TextEncoder();

/**
 * An address as it may stand in an OSC 8: everything but printable ASCII, and `;`, is percent-encoded. `''` when it
 * is no address that may be linked to; `linkProblem` says why.
 *
 * @example
 * safeLink('https://example.org/ä'); // 'https://example.org/%C3%A4'
 * safeLink('javascript:alert(1)'); // ''
 */
export function safeLink(address: string): string {
  return linkProblem(address) === null ? encode(address) : '';
}

/** Why an address cannot be linked to, as half a sentence; null when it can. */
export function linkProblem(address: string): string | null {
  if (!SCHEME.test(address)) return 'it must begin with http:, https:, ftp:, mailto: or file:';
  if (address.length > MAX_LINK_BYTES || encode(address).length > MAX_LINK_BYTES) return `it is longer than ${MAX_LINK_BYTES} bytes`;
  return null;
}

/** A short name made of a link (FNV-1a), so that pieces of one link on several lines light up together. */
export function linkIdOf(link: string): string {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < link.length; i++) hash = Math.imul(hash ^ link.charCodeAt(i), 0x0100_0193);
  // Same id and other address are different links all the same, so a collision does no harm.
  return link === '' ? '' : ((hash ^ (hash >>> 16)) & 0xffff).toString(36);
}

function encode(address: string): string {
  if (/^[\x21-\x3a\x3c-\x7e]*$/.test(address)) return address;
  let out = '';
  for (const byte of encoder.encode(address)) {
    const stays = byte > 0x20 && byte < 0x7f && byte !== 0x3b;
    out += stays ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
