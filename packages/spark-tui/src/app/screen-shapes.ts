/**
 * Characters that are drawings, as shapes that fill their cell exactly: box lines, blocks, braille. Text of
 * any font leaves gaps between them, or overlaps; shapes join.
 *
 *   U+2500–257F box drawing     U+2580–259F blocks, shades, quadrants     U+2800–28FF braille
 *   U+1FB00–1FB3B sextants      U+E0B0–E0B3 powerline separators
 *
 * ARMS holds four digits a box character: the line from the middle of the cell up, right, down and left
 * (0 none, 1 light, 2 heavy, 3 double); '' where a character is drawn otherwise.
 * Source: the Unicode names of these characters.
 */

/** Where a glyph is drawn: its cell in pixels, and the thickness of a light line. */
export interface ShapeCell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly line: number;
}

/** Takes the shapes of a glyph. */
export interface ShapeSink {
  /** A filled rectangle; `percent` of the text colour over the background. */
  rect(x: number, y: number, width: number, height: number, percent?: number): void;
  /** A path drawn with a light line; round ends. */
  stroke(d: string): void;
  /** A filled path. */
  fill(d: string): void;
}

/** U+2500 … U+257F, 8 a row. */
const ARMS = `
0101 0202 1010 2020 - - - - - - - - 0110 0210 0120 0220
0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120
2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212
0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212
2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222 - - - -
0303 3030 0310 0130 0330 0013 0031 0033 1300 3100 3300 1003 3001 3003 1310 3130
3330 1013 3031 3033 0313 0131 0333 1303 3101 3303 1313 3131 3333 - - -
- - - - 0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010`
  .trim()
  .split(/\s+/)
  .map((arms) => (arms === '-' ? '' : arms));

const HEAVY = 2;
const DOUBLE = 3;

/** Quadrants of U+2596 … U+259F: 1 upper left, 2 upper right, 4 lower left, 8 lower right. */
const QUADRANTS = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14];

/** Bits of a braille pattern: column and row of each dot. */
const DOTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

/** Draws a character. False when it is no drawing: then it is text. */
export function drawShape(code: number, cell: ShapeCell, sink: ShapeSink): boolean {
  if (code >= 0x2500 && code <= 0x257f) return drawBox(code, cell, sink);
  if (code >= 0x2580 && code <= 0x259f) drawBlock(code, cell, sink);
  else if (code >= 0x2800 && code <= 0x28ff) drawBraille(code, cell, sink);
  else if (code >= 0x1fb00 && code <= 0x1fb3b) drawSextants(code, cell, sink);
  else if (code >= 0xe0b0 && code <= 0xe0b3) drawSeparator(code, cell, sink);
  else return false;
  return true;
}

/** Thicknesses and positions of the lines through a cell; offsets from its top left corner. */
interface Lines {
  readonly light: number;
  readonly heavy: number;
  /** Where a light line starts: across, down. */
  readonly cx: number;
  readonly cy: number;
  /** How far the lines of a double one lie from the light one. */
  readonly apart: number;
}

function linesOf({ width, height, line }: ShapeCell): Lines {
  return {
    light: line,
    heavy: line + 2 * Math.max(1, Math.round(line / 2)),
    cx: Math.floor((width - line) / 2),
    cy: Math.floor((height - line) / 2),
    apart: line + Math.max(1, Math.round(line / 2)),
  };
}

function drawBox(code: number, cell: ShapeCell, sink: ShapeSink): boolean {
  const arms = ARMS[code - 0x2500];
  if (arms !== '') {
    const [up, right, down, left] = Array.from(arms, Number);
    if (arms.includes('3')) drawDouble([up, right, down, left], cell, sink);
    else drawLines([up, right, down, left], cell, sink);
  } else if (code >= 0x256d && code <= 0x2570) drawArc(code - 0x256d, cell, sink);
  else if (code >= 0x2571) drawDiagonals(code, cell, sink);
  else drawDashes(code, cell, sink);
  return true;
}

type Arms = readonly [up: number, right: number, down: number, left: number];

/** Light and heavy lines: each arm reaches over the thickness of what crosses it. */
function drawLines([up, right, down, left]: Arms, cell: ShapeCell, sink: ShapeSink): void {
  const { x, y, width, height } = cell;
  const { light, heavy, cx, cy } = linesOf(cell);
  const thick = (weight: number): number => (weight === HEAVY ? heavy : light);
  const from = (middle: number, weight: number): number => middle - (thick(weight) - light) / 2;
  // What an arm has to cover in the middle: the thicker of the two that cross it, or its own end.
  const crossing = (a: number, b: number, own: number): number => Math.max(a, b) || own;
  if (left > 0) {
    const over = crossing(up, down, left);
    sink.rect(x, y + from(cy, left), from(cx, over) + thick(over), thick(left));
  }
  if (right > 0) {
    const start = from(cx, crossing(up, down, right));
    sink.rect(x + start, y + from(cy, right), width - start, thick(right));
  }
  if (up > 0) {
    const over = crossing(left, right, up);
    sink.rect(x + from(cx, up), y, thick(up), from(cy, over) + thick(over));
  }
  if (down > 0) {
    const start = from(cy, crossing(left, right, down));
    sink.rect(x + from(cx, down), y + start, thick(down), height - start);
  }
}

/** Double lines, alone and with light ones: two lines along each double arm, open where a double arm joins. */
function drawDouble([up, right, down, left]: Arms, cell: ShapeCell, sink: ShapeSink): void {
  const { x, y, width, height } = cell;
  const { light, cx, cy, apart } = linesOf(cell);
  const across = right === DOUBLE || left === DOUBLE;
  const along = up === DOUBLE || down === DOUBLE;
  const xs = along ? [cx - apart, cx + apart] : [cx, cx];
  const ys = across ? [cy - apart, cy + apart] : [cy, cy];
  // A line at `own`, from `start` to `end`, with arms before and behind; `side`: an arm joins on the side it faces.
  const run = (before: boolean, behind: boolean, side: boolean, near: number, far: number, length: number): (readonly [number, number])[] => {
    if (before && behind && !side) return [[0, length]];
    if (side) return [...(before ? [[0, near + light] as const] : []), ...(behind ? [[far, length] as const] : [])];
    return before ? [[0, far + light]] : [[near, length]];
  };
  for (const [i, lineY] of ys.entries()) {
    if (left === 0 && right === 0) break;
    if (i === 1 && !across) break;
    const side = along && across ? (i === 0 ? up : down) > 0 : false;
    // A light line that meets two double ones stops at the first, unless it goes through.
    const [near, far] = !across && up > 0 && down > 0 ? [xs[1], xs[0]] : [xs[0], xs[1]];
    for (const [start, end] of run(left > 0, right > 0, side, near, far, width)) sink.rect(x + start, y + lineY, end - start, light);
  }
  for (const [i, lineX] of xs.entries()) {
    if (up === 0 && down === 0) break;
    if (i === 1 && !along) break;
    const side = along && across ? (i === 0 ? left : right) > 0 : false;
    const [near, far] = !along && left > 0 && right > 0 ? [ys[1], ys[0]] : [ys[0], ys[1]];
    for (const [start, end] of run(up > 0, down > 0, side, near, far, height)) sink.rect(x + lineX, y + start, light, end - start);
  }
}

/** U+256D … U+2570: rounded corners, clockwise from the top left one. */
function drawArc(corner: number, cell: ShapeCell, sink: ShapeSink): void {
  const { x, y, width, height, line } = cell;
  const { cx, cy } = linesOf(cell);
  const middleX = x + cx + line / 2;
  const middleY = y + cy + line / 2;
  const goesRight = corner === 0 || corner === 3;
  const goesDown = corner < 2;
  const radius = Math.min(width, height) / 2;
  const endX = goesRight ? x + width : x;
  const endY = goesDown ? y + height : y;
  const startY = middleY + (goesDown ? radius : -radius);
  const stopX = goesRight ? Math.min(middleX + radius, endX) : Math.max(middleX - radius, endX);
  sink.stroke(`M${middleX} ${endY}V${startY}Q${middleX} ${middleY} ${stopX} ${middleY}H${endX}`);
}

/** U+2571 … U+2573. */
function drawDiagonals(code: number, { x, y, width, height }: ShapeCell, sink: ShapeSink): void {
  if (code !== 0x2572) sink.stroke(`M${x} ${y + height}L${x + width} ${y}`);
  if (code !== 0x2571) sink.stroke(`M${x} ${y}L${x + width} ${y + height}`);
}

/** U+2504 … U+250B (three and four dashes) and U+254C … U+254F (two). */
function drawDashes(code: number, cell: ShapeCell, sink: ShapeSink): void {
  const { x, y, width, height } = cell;
  const { light, heavy, cx, cy } = linesOf(cell);
  const count = code >= 0x254c ? 2 : code >= 0x2508 ? 4 : 3;
  const thick = code % 2 === 1 ? heavy : light;
  const vertical = (code & 2) !== 0;
  const step = (vertical ? height : width) / count;
  const gap = Math.max(1, step * 0.4);
  for (let i = 0; i < count; i++) {
    const start = i * step + gap / 2;
    if (vertical) sink.rect(x + cx - (thick - light) / 2, y + start, thick, step - gap);
    else sink.rect(x + start, y + cy - (thick - light) / 2, step - gap, thick);
  }
}

/** U+2580 … U+259F. */
function drawBlock(code: number, { x, y, width, height }: ShapeCell, sink: ShapeSink): void {
  if (code === 0x2580) sink.rect(x, y, width, height / 2);
  else if (code <= 0x2588) {
    const filled = (height * (code - 0x2580)) / 8;
    sink.rect(x, y + height - filled, width, filled);
  } else if (code <= 0x258f) sink.rect(x, y, (width * (0x2590 - code)) / 8, height);
  else if (code === 0x2590) sink.rect(x + width / 2, y, width / 2, height);
  else if (code <= 0x2593) sink.rect(x, y, width, height, (code - 0x2590) * 25);
  else if (code === 0x2594) sink.rect(x, y, width, height / 8);
  else if (code === 0x2595) sink.rect(x + (width * 7) / 8, y, width / 8, height);
  else {
    const quadrants = QUADRANTS[code - 0x2596];
    for (let i = 0; i < 4; i++) {
      if ((quadrants & (1 << i)) !== 0) sink.rect(x + ((i & 1) * width) / 2, y + ((i >> 1) * height) / 2, width / 2, height / 2);
    }
  }
}

/** U+1FB00 … U+1FB3B: the patterns of 2 × 3 that are no other character (empty, left half, right half, full). */
function drawSextants(code: number, { x, y, width, height }: ShapeCell, sink: ShapeSink): void {
  let pattern = code - 0x1fb00 + 1;
  if (pattern >= 0b010101) pattern++;
  if (pattern >= 0b101010) pattern++;
  for (let i = 0; i < 6; i++) {
    if ((pattern & (1 << i)) !== 0) sink.rect(x + ((i & 1) * width) / 2, y + ((i >> 1) * height) / 3, width / 2, height / 3);
  }
}

/** U+2800 … U+28FF. */
function drawBraille(code: number, { x, y, width, height }: ShapeCell, sink: ShapeSink): void {
  const radius = Math.min(width / 6, height / 12);
  let d = '';
  for (const [bit, [column, row]] of DOTS.entries()) {
    if ((code & (1 << bit)) === 0) continue;
    const left = (x + (width * (1 + 2 * column)) / 4 - radius).toFixed(2);
    const top = (y + (height * (1 + 2 * row)) / 8).toFixed(2);
    const r = radius.toFixed(2);
    d += `M${left} ${top}a${r} ${r} 0 1 1 0 .01z`;
  }
  if (d !== '') sink.fill(d);
}

/** U+E0B0 … U+E0B3. */
function drawSeparator(code: number, { x, y, width, height }: ShapeCell, sink: ShapeSink): void {
  const [base, tip] = code < 0xe0b2 ? [x, x + width] : [x + width, x];
  const d = `M${base} ${y}L${tip} ${y + height / 2}L${base} ${y + height}`;
  if (code % 2 === 0) sink.fill(`${d}z`);
  else sink.stroke(d);
}
