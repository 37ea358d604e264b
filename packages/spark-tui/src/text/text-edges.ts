/**
 * Places in a text that have to be found again in its run: where a style begins or ends. Shaping fills them in
 * while it passes, so a style follows its clusters through cleaning, tabs and clusters of several code points.
 *
 *   offsets = [ 0, 5, 5, 9 ]   UTF-16 offsets in the text as given, ascending
 *   clean   = [ 0, 5, 5, 7 ]   the same in the cleaned text (scratch of shaping)
 *   words   = [ 0, 4, 4, 6 ]   index of the first run word of a cluster that begins at or after the offset
 *
 * An offset inside a cluster moves to the next one: a cluster belongs to where it begins.
 *
 * @example
 * const edges = new TextEdges();
 * edges.offsets.push(2, 5);
 * shape('e\u0301 漢字', glyphs, run, edges); // edges.words is [1, 4]
 */
export class TextEdges {
  readonly offsets: number[] = [];
  readonly clean: number[] = [];
  readonly words: number[] = [];

  /** Words are code units, one to one: printable ASCII and \n. */
  setIdentity(): void {
    const { offsets, words } = this;
    words.length = 0;
    for (let k = 0; k < offsets.length; k++) words.push(offsets[k]);
  }
}
