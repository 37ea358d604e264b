/**
 * Typed text: UTF-8 bytes → one key event a grapheme cluster.
 *
 *   code point ──▶ waiting ──next one does not join──▶ its own event
 *                     └──── next one joins ──▶ stretch … two in a row that do not join ──▶ segmenter ──▶ events
 *
 * Nearly all code points stand alone; only stretches that can hold a cluster of several go through the segmenter.
 * Invalid bytes become U+FFFD; no byte after an invalid one is lost.
 *
 * Invariants: a stretch is bounded; a code point that waits is emitted before the function returns.
 */

import { graphemes, joinsNeighbour } from '../text/index.ts';
import { asciiKey, characterKey, keyInput, MOD_SHIFT, unshifted } from './decoder-key.ts';
import { type Utf8, UTF8_CUT, UTF8_MORE } from './decoder-utf8.ts';
import type { InputEvent, InputSink } from './input-events.ts';

const DEL = 0x7f;
const REPLACEMENT = 0xfffd;
/** A stretch without an end (a pile of marks) is cut after so many UTF-16 units. */
const STRETCH_MAX = 65536;
/** Characters whose strings are kept: a script's letters fit. */
const CACHE_SIZE = 1024;

const cachedCode = new Int32Array(CACHE_SIZE);
const cachedText: string[] = new Array<string>(CACHE_SIZE).fill('');
const cachedKey: string[] = new Array<string>(CACHE_SIZE).fill('');

/**
 * Emits the events of the text that begins at `from`, up to a control byte or the end of the read. Returns the place of
 * the first byte it left. `utf8` keeps a character that the read cut.
 */
// hot: 20–33 ns a character of any script, 110 ns a cluster of several code points, event included (Node 20)
export function decodeText(bytes: Uint8Array, from: number, utf8: Utf8, sink: InputSink): number {
  const end = bytes.length;
  /** The code point that waits for its neighbour; -1 for none. */
  let waiting = -1;
  /** Text with clusters of several code points, `waiting` not included. */
  let stretch = '';
  let i = from;
  while (i < end) {
    const byte = bytes[i]!;
    let code = byte;
    if (utf8.need !== 0 || byte >= 0x80) {
      code = utf8.step(byte);
      if (code !== UTF8_CUT) i++;
      if (code === UTF8_MORE) continue;
      if (code < 0) code = REPLACEMENT;
    } else if (byte < 0x20 || byte === DEL) {
      break;
    } else {
      i++;
    }
    if (code >= 0x80 && joinsNeighbour(code)) {
      if (waiting >= 0) stretch += String.fromCodePoint(waiting);
      stretch += String.fromCodePoint(code);
      waiting = -1;
      if (stretch.length < STRETCH_MAX) continue;
      emitText(stretch, sink);
      stretch = '';
    } else if (stretch === '') {
      if (waiting >= 0) sink(codePointEvent(waiting));
      waiting = code;
    } else if (waiting < 0) {
      // The first after one that joins may belong to its cluster.
      waiting = code;
    } else {
      stretch += String.fromCodePoint(waiting);
      waiting = code;
      const done = stretch;
      stretch = '';
      emitText(done, sink);
    }
  }
  if (stretch !== '') {
    if (waiting >= 0) stretch += String.fromCodePoint(waiting);
    emitText(stretch, sink);
  } else if (waiting >= 0) {
    sink(codePointEvent(waiting));
  }
  return i;
}

/** Emits one key event for each grapheme cluster of a run of text. C1 controls are no text. */
export function emitText(text: string, sink: InputSink): void {
  for (const cluster of graphemes(text)) {
    const first = cluster.charCodeAt(0);
    if (first >= 0x80 && first <= 0x9f) sink({ type: 'unknown', data: cluster });
    else sink(characterKey(cluster, 0));
  }
}

/** The event of a code point that is a cluster by itself. */
function codePointEvent(code: number): InputEvent {
  if (code < 0x80) return asciiKey(code);
  if (code <= 0x9f) return { type: 'unknown', data: String.fromCharCode(code) };
  const place = code & (CACHE_SIZE - 1);
  if (cachedCode[place] !== code) {
    const text = String.fromCodePoint(code);
    cachedCode[place] = code;
    cachedText[place] = text;
    cachedKey[place] = unshifted(text);
  }
  const text = cachedText[place]!;
  const key = cachedKey[place]!;
  return keyInput(key, text, key === text ? 0 : MOD_SHIFT);
}
