/** Line drawing as shapes: lines reach the edges they have to, no others, and are joined into few. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RectPath } from './screen-path.ts';
import { drawShape, type ShapeCell } from './screen-shapes.ts';

const WIDTH = 9;
const HEIGHT = 18;
const CELL: ShapeCell = { x: 0, y: 0, width: WIDTH, height: HEIGHT, line: 1 };

interface Drawn {
  /** One letter a pixel: `#` covered. */
  readonly pixels: boolean[][];
  readonly strokes: string[];
  readonly known: boolean;
}

function draw(char: string): Drawn {
  const pixels = Array.from({ length: HEIGHT }, () => new Array<boolean>(WIDTH).fill(false));
  const strokes: string[] = [];
  const known = drawShape(char.codePointAt(0)!, CELL, {
    rect: (x, y, width, height) => {
      assert.ok(x >= 0 && y >= 0 && x + width <= WIDTH + 1e-9 && y + height <= HEIGHT + 1e-9, `${char} leaves its cell`);
      for (let py = Math.round(y); py < Math.round(y + height); py++) for (let px = Math.round(x); px < Math.round(x + width); px++) pixels[py][px] = true;
    },
    stroke: (d) => strokes.push(d),
    fill: (d) => strokes.push(d),
  });
  return { pixels, strokes, known };
}

/** Covered pixels along each edge. */
function edges({ pixels }: Drawn): { up: number; right: number; down: number; left: number } {
  const count = (list: readonly boolean[]): number => list.filter(Boolean).length;
  return {
    up: count(pixels[0]),
    down: count(pixels[HEIGHT - 1]),
    left: count(pixels.map((row) => row[0])),
    right: count(pixels.map((row) => row[WIDTH - 1])),
  };
}

/** Pixels reached from the first covered one; all, when the drawing is in one piece. */
function pieces({ pixels }: Drawn): number {
  const seen = pixels.map((row) => row.map((on) => !on));
  let found = 0;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      if (seen[y][x]) continue;
      found++;
      const open = [[x, y]];
      while (open.length > 0) {
        const [px, py] = open.pop()!;
        if (seen[py]?.[px] !== false) continue;
        seen[py][px] = true;
        open.push([px + 1, py], [px - 1, py], [px, py + 1], [px, py - 1]);
      }
    }
  }
  return found;
}

describe('box drawing', () => {
  // One line: light 1 pixel, heavy 3; double: 2 of 1 pixel.
  for (const [char, up, right, down, left] of [
    ['─', 0, 1, 0, 1], ['━', 0, 3, 0, 3], ['│', 1, 0, 1, 0], ['┃', 3, 0, 3, 0], ['┌', 0, 1, 1, 0], ['┐', 0, 0, 1, 1], ['└', 1, 1, 0, 0], ['┘', 1, 0, 0, 1],
    ['┏', 0, 3, 3, 0], ['┼', 1, 1, 1, 1], ['╋', 3, 3, 3, 3], ['┝', 1, 3, 1, 0], ['┰', 0, 1, 3, 1], ['╀', 3, 1, 1, 1], ['╊', 3, 3, 3, 1], ['╾', 0, 1, 0, 3],
    ['═', 0, 2, 0, 2], ['║', 2, 0, 2, 0], ['╔', 0, 2, 2, 0], ['╝', 2, 0, 0, 2], ['╬', 2, 2, 2, 2], ['╒', 0, 2, 1, 0], ['╓', 0, 1, 2, 0], ['╪', 1, 2, 1, 2], ['╫', 2, 1, 2, 1],
    ['╞', 1, 2, 1, 0], ['╥', 0, 1, 2, 1], ['╧', 1, 2, 0, 2], ['╣', 2, 0, 2, 2], ['╶', 0, 1, 0, 0], ['╹', 3, 0, 0, 0],
  ] as const) {
    test(`${char} reaches the edges it has to, and no others`, () => assert.deepEqual(edges(draw(char)), { up, right, down, left }));
  }

  test('lines of one character hang together; double ones are as many pieces as they should be', () => {
    for (const char of '┌┐└┘├┤┬┴┼┍┎┏┠╀╁╂╃╋╊╼╽╾╿') assert.equal(pieces(draw(char)), 1, char);
    for (const [char, wanted] of [['═', 2], ['║', 2], ['╔', 2], ['╗', 2], ['╚', 2], ['╝', 2], ['╠', 3], ['╣', 3], ['╦', 3], ['╩', 3], ['╬', 4], ['╪', 1], ['╫', 1], ['╒', 1], ['╖', 1], ['╞', 1], ['╢', 2], ['╤', 2]] as const) {
      assert.equal(pieces(draw(char)), wanted, char);
    }
  });

  test('every character of the block is drawn', () => {
    for (let code = 0x2500; code <= 0x259f; code++) {
      const drawn = draw(String.fromCodePoint(code));
      assert.ok(drawn.known && (drawn.strokes.length > 0 || pieces(drawn) > 0), code.toString(16));
    }
    assert.equal(draw('x').known, false);
    assert.equal(draw('中').known, false);
  });
});

describe('blocks', () => {
  const covered = (char: string): number => draw(char).pixels.flat().filter(Boolean).length;

  test('cover their part of the cell', () => {
    const all = WIDTH * HEIGHT;
    assert.equal(covered('█'), all);
    assert.equal(covered('▀') + covered('▄'), all);
    for (const [one, other] of ['▘▟', '▝▙', '▖▜', '▗▛', '▚▞', '▌▐']) assert.ok(Math.abs(covered(one) + covered(other) - all) <= HEIGHT, `${one}${other}`);
    const eighths = Array.from('▁▂▃▄▅▆▇█', covered);
    assert.deepEqual(eighths, eighths.toSorted((a, b) => a - b));
    assert.equal(new Set(eighths).size, 8);
  });

  test('sextants: every pattern of six once, none of the four that are other characters', () => {
    const patterns = new Set<string>();
    for (let code = 0x1fb00; code <= 0x1fb3b; code++) {
      const { pixels } = draw(String.fromCodePoint(code));
      patterns.add([1, 7, 13].map((y) => `${Number(pixels[y][1])}${Number(pixels[y][7])}`).join(''));
    }
    assert.equal(patterns.size, 60);
    for (const other of ['000000', '101010', '010101', '111111']) assert.ok(!patterns.has(other), other);
  });
});

describe('rectangles of one colour', () => {
  test('a border is four rectangles, however long', () => {
    const path = new RectPath();
    const rows = ['┌────────┐', '│        │', '│        │', '└────────┘'];
    for (const [y, row] of rows.entries()) {
      for (const [x, char] of Array.from(row).entries()) {
        if (char !== ' ') drawShape(char.codePointAt(0)!, { ...CELL, x: x * WIDTH, y: y * HEIGHT }, { rect: (rx, ry, w, h) => path.add(rx, ry, w, h), stroke: () => undefined, fill: () => undefined });
      }
    }
    assert.equal(path.data().match(/M/g)?.length, 4);
  });

  test('cells of a background become one rectangle; apart stays apart', () => {
    const path = new RectPath();
    for (let y = 0; y < 3; y++) for (let x = 0; x < 4; x++) path.add(x * 9, y * 18, 9, 18);
    path.add(45, 54, 9, 18);
    assert.equal(path.data(), 'M0 0h36v54h-36zM45 54h9v18h-9z');
  });
});
