/** The built package as a width harness sees it: cells of a string, and its grapheme clusters. */
import { graphemes as clusters, stringWidth } from '../../packages/spark-tui/dist/text/index.js';

/** @param {string} text */
export function width(text) {
  return stringWidth(text);
}

/** @param {string} text */
export function graphemes(text) {
  return clusters(text);
}
