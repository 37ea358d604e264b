/** What SVG and HTML files have in common: escaping, links, blinking. */
import { ATTR_BLINK } from '../style/index.ts';
import type { Look } from './screen-spans.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that can stand in an element or in an attribute with double quotes, in XML and in HTML. */
export function escapeXml(text: string): string {
  // What XML does not allow at all, even escaped: controls, lone surrogates, the last two of the plane.
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '\ufffd').replace(/[&<>"]/g, (char) => ENTITIES[char]);
}

/** The value of a `href`, escaped; `''` for a link whose scheme a browser should not follow. */
export function safeHref(link: string): string {
  return /^(?:https?|ftp|mailto|file):/i.test(link) ? escapeXml(link) : '';
}

/** Whether a look blinks. */
export function hasBlink({ attrs }: Look): boolean {
  return (attrs & ATTR_BLINK) !== 0;
}

/** The animation of what blinks, for pages and pictures that blink at all. */
export const BLINK_STYLE =
  '<style>@keyframes spark-blink{50%{opacity:0}}.spark-blink{animation:spark-blink 1s steps(1) infinite}@media(prefers-reduced-motion:reduce){.spark-blink{animation:none}}</style>';

/** Characters every monospaced font has at its own width: Latin, Greek, Cyrillic, common punctuation. */
export const PLAIN_TEXT = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f\u0386-\u03ff\u0400-\u045f\u2010-\u2027\u2030-\u203a\u20ac]$/u;
