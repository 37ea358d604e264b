/**
 * Width and shaping of 80-column lines, beside `string-width` in the same process. Best of 15 batches, in ns a call.
 *
 *   node .build/bench/width.js
 */
import stringWidthPeer from 'string-width';
import { GlyphTable, RunBuilder, shape, stringWidth, wrappedHeight, WRAP_WORD } from '../packages/spark-tui/src/text/index.ts';

const lines: Record<string, string> = {
  ascii80: 'The quick brown fox jumps over the lazy dog and then runs away from 12 wolves!!!',
  latin: 'Ünïcödé façade naïve résumé Ångström jalapeño über straße Œuvre crème brûlée çéd',
  cjk40: '漢字仮名交じり文は日本語の標準的な表記体系であり漢字と平仮名片仮名を混ぜて書くこ',
  emoji: 'Build 👩‍🚀 ok 👍🏽 done 🎉🎉 flags 🇩🇪🇫🇷 family 👨‍👩‍👧‍👦 heart ❤️ keycap 1️⃣ rocket 🚀 end',
  hindi: 'नमस्ते दुनिया यह एक परीक्षण पंक्ति है जिसमें हिन्दी के अक्षर और मात्राएँ हैं क्षत्रिय',
  box: `┌${'─'.repeat(38)}┬${'─'.repeat(39)}┐`,
};

/** Smallest ratio to `string-width` that is asked for. */
const wantedRatio: Record<string, number> = { latin: 20, box: 20, emoji: 8, hindi: 8 };
/** Largest time of `stringWidth` that is asked for, in ns. */
const wantedNs: Record<string, number> = { ascii80: 400, latin: 400, cjk40: 400, box: 400 };

let sink = 0;

function nsPerCall(fn: () => number, calls: number): number {
  for (let i = 0; i < calls; i++) sink += fn();
  let best = Infinity;
  for (let batch = 0; batch < 15; batch++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) sink += fn();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / calls);
  }
  return best;
}

function row(...cells: (string | number)[]): void {
  console.log(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(12) : String(cell).padStart(16))).join(''));
}

const glyphs = new GlyphTable();
const run = new RunBuilder();
let missed = 0;

console.log(`${process.version}, ns a call`);
row('line', 'stringWidth', 'string-width', 'ratio', 'shape');
for (const [name, line] of Object.entries(lines)) {
  const ours = nsPerCall(() => stringWidth(line), 10_000);
  const peer = nsPerCall(() => stringWidthPeer(line), 200);
  const shaped = nsPerCall(() => (shape(line, glyphs, run), run.length), 5_000);
  const ratio = peer / ours;
  const isMissed = ratio < (wantedRatio[name] ?? 0) || ours > (wantedNs[name] ?? Infinity);
  if (isMissed) missed++;
  row(name, ours.toFixed(0), peer.toFixed(0), `${ratio.toFixed(1)}x${isMissed ? ' MISSED' : ''}`, shaped.toFixed(0));
}

const unique = Array.from({ length: 4096 }, (_, i) => `Zürich ${i} ─ ${'é'.repeat(60)} ${i * 7}`);
let turn = 0;
row('unique', nsPerCall(() => stringWidth(unique[turn++ & 4095]), 10_000).toFixed(0));

const short = nsPerCall(() => (shape('Count: 123', glyphs, run), run.length), 50_000);
const paragraph = `${'Lorem ipsum dolor sit amet, consectetur adipiscing elit sed do eiusmod '.repeat(20)}`;
const long = nsPerCall(() => (shape(paragraph, glyphs, run), run.length), 2_000) / paragraph.length;
shape(paragraph, glyphs, run);
const { words, length } = run;
const wrapped = nsPerCall(() => wrappedHeight(words, 0, length, 40, WRAP_WORD), 2_000) / length;
console.log(`shape 10 characters ${short.toFixed(0)} ns (at most 150)`);
console.log(`shape ASCII         ${long.toFixed(1)} ns a character (at most 10)`);
console.log(`wrappedHeight       ${wrapped.toFixed(1)} ns a word`);
console.log(`${missed} of ${Object.keys(lines).length} lines miss their target${sink === 0 ? ' ' : ''}`);
