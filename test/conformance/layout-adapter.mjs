// layout-vectors/1 adapter for the built package: node <vectors>/layout/runner/run.mjs test/conformance/layout-adapter.mjs
// SPARK_LAYOUT names another build of layout/index.js.
import { pathToFileURL } from 'node:url';
import path from 'node:path';

export const name = 'spark-tui layout';

let layoutPlainTree;

export async function init() {
  const built = process.env.SPARK_LAYOUT;
  const url =
    built === undefined
      ? new URL('../../packages/spark-tui/dist/layout/index.js', import.meta.url).href
      : pathToFileURL(path.resolve(built)).href;
  ({ layoutPlainTree } = await import(url));
}

// What the engine does not have by design. Blocks without children are leaves and fine.
const UNSUPPORTED = [
  'block', 'flow-root', 'float', 'clear', 'contain', 'writingMode', 'textAlign', 'flex-balance', 'flexLineCount',
  'position-static',
];

/** Feature that the engine does not have, or null. */
export function unsupported(v) {
  for (const feature of v.features) {
    if (UNSUPPORTED.includes(feature) && !(feature === 'block' && onlyLeafBlocks(v.root))) return feature;
  }
  return null;
}

const onlyLeafBlocks = (node) =>
  !(node.style.display === 'block' && node.children) && (node.children ?? []).every(onlyLeafBlocks);

const MAX_CONTENT = 65_535;

/** Unrounded boxes in preorder, relative to the parent's border box. */
export function layout(v, box, direction) {
  return measured(v, box, direction).boxes;
}

/** The same with the content extents of every node. */
export function measured(v, box, direction) {
  const size = v.charSize ?? 10;
  const { width, height } = v.available;
  const tree = convert(v.root, box, direction, size);
  // Offered "max-content" there is no free space to grow into.
  if (typeof width !== 'number') {
    tree.style.flexGrow = 0;
    tree.style.flexShrink = 0;
  }
  const result = layoutPlainTree(
    tree,
    typeof width === 'number' ? width : MAX_CONTENT,
    typeof height === 'number' ? height : NaN,
  );
  return result;
}

/** Vector node to plain node: CSS defaults made explicit, logical sides made physical. */
function convert(node, box, direction, size) {
  const dir = node.style.direction ?? direction;
  const style = physical(node.style, dir === 'rtl');
  const out = {
    alignContent: 'normal',
    boxSizing: box,
    ...style,
    direction: dir,
  };
  for (const property of ['gridTemplateColumns', 'gridTemplateRows', 'gridAutoColumns', 'gridAutoRows']) {
    if (out[property] !== undefined) out[property] = out[property].map(track);
  }
  for (const property of ['gridColumnStart', 'gridColumnEnd', 'gridRowStart', 'gridRowEnd']) {
    if (typeof out[property] === 'object') out[property] = `span ${out[property].span}`;
    if (out[property] === 0) delete out[property];
  }
  if ((style.display ?? 'flex') === 'flex') out.flexDirection ??= 'row';
  else delete out.flexDirection;
  const row = (out.flexDirection ?? 'column').startsWith('row');
  if (out.justifyContent === 'left') out.justifyContent = row && dir === 'rtl' ? 'end' : 'start';
  if (out.justifyContent === 'right') out.justifyContent = row && dir === 'ltr' ? 'end' : 'start';
  if (typeof out.aspectRatio === 'number' && !(out.aspectRatio > 0 && out.aspectRatio < Infinity)) out.aspectRatio = 0;
  const plain = { style: out };
  if (node.text !== undefined) plain.measure = ahem(node.text, size, !!node.floor);
  if (node.children !== undefined) plain.children = node.children.map((child) => convert(child, box, direction, size));
  return plain;
}

/** A track of the vectors as CSS text. */
function track(t) {
  if (typeof t !== 'object') return t;
  if (t.names !== undefined) return `[${t.names.join(' ')}]`;
  if (t.minmax !== undefined) return `minmax(${t.minmax.map(track).join(', ')})`;
  if (t.fitContent !== undefined) return `fit-content(${t.fitContent})`;
  return `repeat(${t.repeat}, ${t.tracks.map(track).join(' ')})`;
}

function physical(style, rtl) {
  const out = { ...style };
  const start = rtl ? 'Right' : 'Left';
  const end = rtl ? 'Left' : 'Right';
  const sides = [['InlineStart', start], ['InlineEnd', end], ['BlockStart', 'Top'], ['BlockEnd', 'Bottom']];
  for (const [logical, side] of sides) {
    for (const property of ['margin', 'padding', 'border']) move(out, property + logical, property + side);
    move(out, 'inset' + logical, side.toLowerCase());
  }
  return out;
}

function move(style, from, to) {
  if (style[from] === undefined) return;
  style[to] = style[from];
  delete style[from];
}

/** The vectors' font: every character `size` wide and high; breaks after spaces and U+200B. */
function ahem(text, size, floor) {
  const words = [];
  for (const part of text.split('\u200b')) {
    for (const match of part.matchAll(/([^ ]+)( *)/g)) words.push({ length: match[1].length, spaces: match[2].length });
  }
  let min = 0;
  let max = 0;
  words.forEach((word, k) => {
    min = Math.max(min, word.length);
    max += word.length + (k < words.length - 1 ? word.spaces : 0);
  });
  return {
    minWidth: min * size,
    maxWidth: max * size,
    baseline: 0.8 * size,
    height(width) {
      const limit = (floor ? Math.max(width, min * size) : width) / size + 1e-6;
      let lines = words.length > 0 ? 1 : 0;
      let current = 0;
      let pending = 0;
      for (const word of words) {
        if (current > 0 && current + pending + word.length > limit) {
          lines++;
          current = word.length;
        } else current += pending + word.length;
        pending = word.spaces;
      }
      return lines * size;
    },
  };
}
