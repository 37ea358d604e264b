/**
 * OSC 8: which hyperlink the cells written next belong to.
 *
 *   open   ESC ] 8 ; id=… ; link ESC \
 *   close  ESC ] 8 ; ; ESC \
 *
 * A link stays open from cell to cell while it is the same one, over moves and rows; it is closed before
 * cells without it are written, spaces and erased ones too, and at the end of each frame, so that it never
 * runs over into what somebody else writes.
 */
import type { ExtraSource } from '../cells/index.ts';
import type { ByteBuffer } from './byte-buffer.ts';

/** Cells without links and underline colours. */
export const NO_EXTRAS: ExtraSource = { link: () => '', linkId: () => '', underlineColor: () => 0 };

/** True when cells of both extra ids belong to one link, or to none. */
export function sameLink(extras: ExtraSource, a: number, b: number): boolean {
  return a === b || (extras.link(a) === extras.link(b) && extras.linkId(a) === extras.linkId(b));
}

/** Opens the link of an extra id, or closes the open one when it has none. */
export function writeLink(out: ByteBuffer, extras: ExtraSource, id: number): void {
  const link = id === 0 ? '' : extras.link(id);
  out.ascii('\x1b]8;');
  if (link !== '') {
    const linkId = extras.linkId(id);
    if (linkId !== '') out.ascii(`id=${linkId}`);
  }
  out.ascii(';');
  out.ascii(link);
  out.ascii('\x1b\\');
}
