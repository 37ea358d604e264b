/**
 * Bytes a frame, on scenes of real screens: `node .build/bench/bytes.js <folder of scenes>`.
 *
 * A scene is JSON `{ name, cols, rows, colors, frames: [{ "<row>": [[text, fg, bg, attrs], …] }] }`;
 * a frame lists the rows that differ from the frame before. Every frame is fed to a terminal emulator
 * as well, whose screen must then show it cell by cell. Counted is the mean of frames 1…n, for
 * `t-firstpaint` frame 0. The package must be built. Then the same through the whole road, from a signal on.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Emulator, type Shown } from '../test/oracle/emulator.ts';
import { VtModel } from '../test/oracle/vt-model.ts';
import { roadFigures } from './road-bytes.ts';

type Colour = number | null;
type Cell = [text: string, fg: Colour, bg: Colour, attrs: number] | null;
interface Scene {
  name: string;
  cols: number;
  rows: number;
  colors: 'palette' | 'rgb';
  frames: Record<string, [string, Colour, Colour, number][]>[];
}
interface Renderer {
  frame(cells: Cell[]): Uint8Array;
}

/** The fewest bytes known; of `p-sidepane` without margins, and what is wanted with them. */
const WITH_MARGINS: Record<string, number> = { 'p-sidepane': 400 };
/** The same without margins. */
const BEST: Record<string, number> = {
  't-firstpaint': 4398,
  't-counter': 3,
  't-gauges': 207,
  't-listmove': 206,
  't-loginbox': 170,
  't-fullscroll': 65,
  't-editorscroll': 291,
  't-random5pct': 5432,
  't-typing': 6,
  't-modal': 941,
  'p-counter': 6,
  'p-progress': 30,
  'p-modal': 724,
  'p-scroll1': 165,
  'p-page': 5224,
  'p-sparse5pct': 1624,
  'p-cjkcol': 607,
  'p-noise': 96736,
  'p-sidepane': 3940,
};
const isWide = (text: string): boolean => /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(text);

function rowOf(runs: [string, Colour, Colour, number][]): Cell[] {
  const row: Cell[] = [];
  for (const [text, fg, bg, attrs] of runs) {
    for (const character of text) {
      row.push([character, fg, bg, attrs]);
      if (isWide(character)) row.push(null);
    }
  }
  return row;
}

/** First cell the emulator shows differently, or null. */
function mismatch(screen: Shown, cells: Cell[], scene: Scene): string | null {
  for (let y = 0; y < scene.rows; y++) {
    for (let x = 0; x < scene.cols; x++) {
      const want = cells[y * scene.cols + x];
      if (want === null) continue;
      const got = screen.cell(x, y);
      const fg = got.isFgDefault() ? null : got.getFgColor();
      const bg = got.isBgDefault() ? null : got.getBgColor();
      const text = got.getChars() || ' ';
      const seen = want[0] === ' ' ? [text, bg] : [text, fg, bg, got.isBold() ? 1 : 0];
      const wanted = want[0] === ' ' ? [' ', want[2]] : want;
      if (seen.join() !== wanted.join()) return `${x},${y}: wanted ${wanted.join()}, shown ${seen.join()}`;
    }
  }
  return null;
}

const [folder, adapterPath = 'test/conformance/output-adapter.mjs'] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: bytes.js <folder of scenes> [adapter.mjs]');
  process.exit(2);
}
const { create } = (await import(pathToFileURL(resolve(adapterPath)).href)) as {
  create(options: { cols: number; rows: number; colors: string; margins: boolean }): Renderer;
};

let worse = 0;

/** Plays a scene and prints its line. Margins are shown by the model that has them. */
function play(name: string, scene: Scene, margins: boolean): void {
  const renderer = create({ cols: scene.cols, rows: scene.rows, colors: scene.colors, margins });
  const screen = margins ? new VtModel(scene.cols, scene.rows) : new Emulator({ cols: scene.cols, rows: scene.rows });
  screen.write('\x1b[?7l');
  const cells: Cell[] = Array.from({ length: scene.cols * scene.rows }, (): Cell => [' ', null, null, 0]);
  const sizes: number[] = [];
  let wrong: string | null = null;
  for (const frame of scene.frames) {
    for (const [y, runs] of Object.entries(frame)) cells.splice(Number(y) * scene.cols, scene.cols, ...rowOf(runs));
    const bytes = renderer.frame(cells);
    sizes.push(bytes.length);
    screen.write(bytes);
    wrong ??= mismatch(screen, cells, scene);
  }
  const counted = name === 't-firstpaint' ? sizes.slice(0, 1) : sizes.slice(1);
  const mean = counted.reduce((sum, size) => sum + size, 0) / counted.length;
  const best = (margins ? WITH_MARGINS : BEST)[name];
  // The figures to reach are rounded.
  const verdict = wrong !== null ? `WRONG at ${wrong}` : best === undefined || Math.round(mean) <= best ? 'ok' : 'more';
  if (verdict !== 'ok') worse++;
  console.log(`${(margins ? `${name} (margins)` : name).padEnd(24)}${mean.toFixed(1).padStart(10)}${String(best ?? '').padStart(10)}  ${verdict}`);
}

for (const file of readdirSync(folder).sort()) {
  const scene = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Scene;
  const name = file.replace('.json', '');
  play(name, scene, false);
  if (name in WITH_MARGINS) play(name, scene, true);
}
for (const { name, mean, most, limit } of roadFigures()) {
  if (most > limit) worse++;
  console.log(`${name.padEnd(24)}${mean.toFixed(1).padStart(10)}${String(limit).padStart(10)}  ${most > limit ? 'more' : 'ok'}, at most ${most}`);
}
process.exitCode = worse === 0 ? 0 : 1;
