/**
 * The workloads of terminal benchmarks, each twice: as an app, and as the raw-ANSI loop that a person
 * would write by hand for this one screen, without tree, layout or comparison.
 *
 *   W2   a counter: six cells change                       120 × 40
 *   W3   200 bordered boxes, 20 change
 *   W4   1,000 nodes, one leaf changes
 *   W4X  10,000 nodes, one leaf changes                    200 × 60
 *   W5   about 2,000 flex nodes, the container's width changes
 *   W7   every cell new: character, foreground, background (one text a cell)
 *   W9   1,000 nodes made and removed (two frames a cycle)
 */
import { Attr, box, show, signal, text } from 'spark-tui';

const encoder = new TextEncoder();

export interface Workload {
  readonly name: string;
  readonly cols: number;
  readonly rows: number;
  /** Frames a step takes. */
  readonly framesPerStep: number;
  /** Most CPU µs a step may take on a terminal. */
  readonly limitMicros: number;
  /** Makes the elements. */
  root(): void;
  /** Changes state for frame `i`; with several frames a step, called once for each. */
  step(i: number): void;
  /** The bytes of the raw loop for frame `i`. */
  raw(i: number): Uint8Array;
}

const at = (x: number, y: number): string => `\x1b[${y + 1};${x + 1}H`;
const digits = (i: number, count: number): string => String(10 ** (count - 1) + ((i * 7919 + 12_345) % (9 * 10 ** (count - 1))));

function w2(): Workload {
  const count = signal(0);
  return {
    name: 'W2 counter, 6 cells',
    cols: 120,
    rows: 40,
    framesPerStep: 1,
    limitMicros: 10,
    root: () => void text({ content: () => digits(count.value, 6) }),
    step: (i) => {
      count.value = i;
    },
    raw: (i) => encoder.encode(`\x1b[H${digits(i, 6)}`),
  };
}

function w3(): Workload {
  const values = Array.from({ length: 200 }, () => signal('1000'));
  const frame = (i: number): number[] => Array.from({ length: 20 }, (_, k) => (i * 20 + k * 37) % 200);
  return {
    name: 'W3 20 of 200 boxes',
    cols: 120,
    rows: 40,
    framesPerStep: 1,
    limitMicros: 60,
    root: () => {
      box({ flexDirection: 'row', flexWrap: 'wrap', width: 120, height: 40 }, () => {
        for (const value of values) {
          box({ width: 6, height: 4, border: 'single', borderColor: '#4c566a' }, () => {
            text({ content: 'load', fg: '#7f8c9b' });
            text({ content: value, fg: '#61afef' });
          });
        }
      });
    },
    step: (i) => {
      for (const k of frame(i)) values[k]!.value = digits(i + k, 4);
    },
    raw: (i) =>
      encoder.encode(
        frame(i)
          .map((k) => `${at((k % 20) * 6 + 1, Math.floor(k / 20) * 4 + 2)}\x1b[38;2;97;175;239m${digits(i + k, 4)}`)
          .join(''),
      ),
  };
}

/** Rows of `perRow` texts of four cells; what does not fit on the screen is clipped. One node for the list and one a row. */
export function leafTree(nodes: number, perRow: number, cols: number, rows: number): { root: () => void; leaves: ReturnType<typeof signal<string>>[]; count: number } {
  const lines = Math.floor((nodes - 1) / (perRow + 1));
  const leaves = Array.from({ length: lines * perRow }, () => signal('1000'));
  const root = (): void => {
    box({ width: cols, height: rows, overflow: 'hidden' }, () => {
      for (let y = 0; y < lines; y++) {
        box({ flexDirection: 'row', gap: 1, shrink: 0 }, () => {
          for (let x = 0; x < perRow; x++) text({ content: leaves[y * perRow + x]!, wrap: 'nowrap', shrink: 0 });
        });
      }
    });
  };
  return { root, leaves, count: 1 + lines * (perRow + 1) };
}

function w4(name: string, nodes: number, cols: number, rows: number, limitMicros: number): Workload {
  const perRow = Math.floor(cols / 5);
  const { root, leaves } = leafTree(nodes, perRow, cols, rows);
  const shown = Math.min(leaves.length, perRow * rows);
  const leaf = (i: number): number => (i * 617) % shown;
  return {
    name,
    cols,
    rows,
    framesPerStep: 1,
    limitMicros,
    root,
    step: (i) => {
      leaves[leaf(i)]!.value = digits(i, 4);
    },
    raw: (i) => encoder.encode(at((leaf(i) % perRow) * 5, Math.floor(leaf(i) / perRow)) + digits(i, 4)),
  };
}

function w5(): Workload {
  const ROWS = 40;
  const CELLS = 24;
  const width = signal(120);
  const widthOf = (i: number): number => 80 + (i % 41);
  return {
    name: 'W5 2,000 flex nodes, width changes',
    cols: 120,
    rows: ROWS,
    framesPerStep: 1,
    limitMicros: 800,
    root: () => {
      box({ width, height: ROWS }, () => {
        for (let y = 0; y < ROWS; y++) {
          box({ flexDirection: 'row' }, () => {
            for (let x = 0; x < CELLS; x++) {
              box({ grow: 1 + ((x + y) % 3), flexBasis: 0, minWidth: 0, overflow: 'hidden' }, () => {
                text({ content: `${y % 10}${x % 10}`, wrap: 'nowrap', bg: x % 2 === 0 ? '#303840' : '#404850' });
              });
            }
          });
        }
      });
    },
    step: (i) => {
      width.value = widthOf(i);
    },
    raw: (i) => {
      const total = widthOf(i);
      let out = '';
      for (let y = 0; y < ROWS; y++) {
        let shares = 0;
        for (let x = 0; x < CELLS; x++) shares += 1 + ((x + y) % 3);
        out += at(0, y);
        let used = 0;
        let left = 0;
        for (let x = 0; x < CELLS; x++) {
          used += 1 + ((x + y) % 3);
          const right = Math.round((total * used) / shares);
          const label = `${y % 10}${x % 10}`.slice(0, right - left).padEnd(right - left);
          out += `${x % 2 === 0 ? '\x1b[48;2;48;56;64m' : '\x1b[48;2;64;72;80m'}${label}`;
          left = right;
        }
        out += '\x1b[0m\x1b[K';
      }
      return encoder.encode(out);
    },
  };
}

function w7(): Workload {
  const COLS = 120;
  const ROWS = 40;
  const tick = signal(0);
  const character = (i: number, k: number): string => String.fromCharCode(33 + ((i + k * 7) % 90));
  const fg = (i: number, k: number): number => (0xff000000 | (((i * 40_503 + k * 2_654_435) >>> 3) & 0xffffff)) >>> 0;
  const bg = (i: number, k: number): number => (0xff000000 | (((i * 65_599 + k * 1_597_334) >>> 5) & 0xffffff)) >>> 0;
  const rgb = (color: number): string => `${(color >>> 16) & 255};${(color >>> 8) & 255};${color & 255}`;
  return {
    name: 'W7 every cell new',
    cols: COLS,
    rows: ROWS,
    framesPerStep: 1,
    limitMicros: 900,
    root: () => {
      for (let y = 0; y < ROWS; y++) {
        box({ flexDirection: 'row', width: COLS, height: 1 }, () => {
          for (let x = 0; x < COLS; x++) {
            const k = y * COLS + x;
            text({ width: 1, height: 1, content: () => character(tick.value, k), fg: () => fg(tick.value, k), bg: () => bg(tick.value, k) });
          }
        });
      }
    },
    step: (i) => {
      tick.value = i + 1;
    },
    raw: (i) => {
      const parts: string[] = ['\x1b[H'];
      for (let k = 0; k < COLS * ROWS; k++) parts.push(`\x1b[38;2;${rgb(fg(i, k))};48;2;${rgb(bg(i, k))}m${character(i, k)}`);
      return encoder.encode(parts.join(''));
    },
  };
}

function w9(): Workload {
  const shown = signal(false);
  const tree = (i: number): void => {
    for (let y = 0; y < 40; y++) {
      box({ flexDirection: 'row', gap: 1 }, () => {
        for (let x = 0; x < 24; x++) text({ content: digits(i + y * 24 + x, 4), attrs: x % 2 === 0 ? Attr.BOLD : 0 });
      });
    }
  };
  let cycle = 0;
  return {
    name: 'W9 1,000 nodes made and removed',
    cols: 120,
    rows: 40,
    framesPerStep: 2,
    limitMicros: 2000,
    root: () => void show(shown, () => tree(cycle)),
    step: (i) => {
      cycle = i;
      shown.value = i % 2 === 0;
    },
    raw: (i) => {
      if (i % 2 === 1) return encoder.encode('\x1b[H\x1b[2J');
      let out = '';
      for (let y = 0; y < 40; y++) {
        out += at(0, y);
        for (let x = 0; x < 24; x++) out += `${x % 2 === 0 ? '\x1b[1m' : '\x1b[0m'}${digits(i + y * 24 + x, 4)} `;
      }
      return encoder.encode(out);
    },
  };
}

/** All workloads, by their short names. Each call of an entry makes a fresh one. */
export const WORKLOADS: ReadonlyMap<string, () => Workload> = new Map([
  ['W2', w2],
  ['W3', w3],
  ['W4', () => w4('W4 one leaf of 1,000 nodes', 1000, 120, 40, 20)],
  ['W4X', () => w4('W4X one leaf of 10,000 nodes', 10_000, 200, 60, 20)],
  ['W5', w5],
  ['W7', w7],
  ['W9', w9],
]);
