/**
 * Elements → history lines: an app of its own, made, laid out, painted and disposed at once. Its cells are
 * painted in slices, so a block may be of any height.
 */
import { I32_H, LEN_TOP, OVERFLOW_VISIBLE, ROOT, U32_FIRST_CHILD, U8_OVERFLOW_Y, UNIT_CELLS } from '../scene/index.ts';
import type { ColorDepth } from '../style/index.ts';
import type { HistoryLine } from '../terminal/index.ts';
import { box, type CellSize } from '../ui/index.ts';
import type { App } from './app.ts';
import { rowAnsi } from './screen-ansi.ts';
import { SpanReader } from './screen-spans.ts';
import { rowText } from './screen-text.ts';

/** Rows painted at once. */
const SLICE_ROWS = 128;
const utf8 = new TextEncoder();

/**
 * The lines of what `root` makes, `size.width` columns wide and as high as it is.
 *
 * @param makeApp an app without output for a screen of the size given
 * @param size the terminal's
 */
export function renderBlock(makeApp: (size: CellSize) => App, root: () => unknown, size: CellSize, depth: ColorDepth): HistoryLine[] {
  const lines: HistoryLine[] = [];
  const app = makeApp({ width: size.width, height: SLICE_ROWS });
  app.size.value = size;
  app.scene.setU8(ROOT, U8_OVERFLOW_Y, OVERFLOW_VISIBLE);
  try {
    app.start(() => box({ position: 'absolute', left: 0, right: 0, top: 0 }, root));
    app.flush();
    const { scene } = app;
    const block = scene.u32.array[U32_FIRST_CHILD * scene.capacity + ROOT];
    const height = scene.i32.array[I32_H * scene.capacity + block];
    for (let from = 0; from < height; from += SLICE_ROWS) {
      if (from > 0) {
        scene.setLength(block, LEN_TOP, -from, UNIT_CELLS);
        app.flush();
      }
      const reader = new SpanReader(app.screen.back, app.glyphs, app.extras);
      for (let y = 0; y < Math.min(SLICE_ROWS, height - from); y++) lines.push(lineOf(app, reader, y, depth));
    }
  } finally {
    app.dispose();
  }
  return lines;
}

function lineOf(app: App, reader: SpanReader, y: number, depth: ColorDepth): HistoryLine {
  return { bytes: utf8.encode(rowAnsi(reader.row(y), depth)), text: rowText(app.screen.back, app.glyphs, y) };
}
