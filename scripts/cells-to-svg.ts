/** The cells of a test app as an SVG picture: one rectangle a run of background, one text a run of glyphs. */
import type { TestApp, TestCell } from 'spark-tui/testing';

const CELL_W = 8.4;
const CELL_H = 17;
const FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const DEFAULT_FG = '#d7dde6';
const DEFAULT_BG = '#151a21';
const PALETTE = ['#1d1f21', '#cc6666', '#b5bd68', '#f0c674', '#81a2be', '#b294bb', '#8abeb7', '#c5c8c6', '#666666', '#d54e53', '#b9ca4a', '#e7c547', '#7aa6da', '#c397d8', '#70c0b1', '#eaeaea'];

export function cellsToSvg(app: TestApp, cols: number, rows: number, title: string): string {
  const width = cols * CELL_W + 24;
  const height = rows * CELL_H + 24;
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<rect width="100%" height="100%" rx="8" fill="${DEFAULT_BG}"/>`,
    `<g transform="translate(12 12)" font-family="${FONT}" font-size="14" xml:space="preserve">`,
  ];
  for (let y = 0; y < rows; y++) {
    const cells = Array.from({ length: cols }, (_, x) => app.cell(x, y));
    for (const run of runs(cells, (cell) => background(cell))) {
      if (run.key === DEFAULT_BG) continue;
      out.push(`<rect x="${num(run.start * CELL_W)}" y="${y * CELL_H}" width="${num(run.length * CELL_W)}" height="${CELL_H}" fill="${run.key}"/>`);
    }
    for (const run of runs(cells, (cell) => `${foreground(cell)}|${cell.attrs & 15}|${isBlock(cell.char)}`)) {
      const text = cells.slice(run.start, run.start + run.length).map((cell) => cell.char).join('');
      if (text.trim() === '') continue;
      const [fill, attrs] = run.key.split('|');
      const bits = Number(attrs);
      const style = `${(bits & 1) !== 0 ? ' font-weight="bold"' : ''}${(bits & 2) !== 0 ? ' opacity="0.6"' : ''}${(bits & 4) !== 0 ? ' font-style="italic"' : ''}${(bits & 8) !== 0 ? ' text-decoration="underline"' : ''}`;
      out.push(`<text x="${num(run.start * CELL_W)}" y="${num(y * CELL_H + 13)}" fill="${fill}"${style} textLength="${num(run.length * CELL_W)}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`);
    }
  }
  out.push('</g>', '</svg>', '');
  return out.join('\n');
}

interface Run {
  readonly start: number;
  length: number;
  readonly key: string;
}

function runs(cells: readonly TestCell[], keyOf: (cell: TestCell) => string): Run[] {
  const found: Run[] = [];
  cells.forEach((cell, x) => {
    const last = found.at(-1);
    const key = cell.width === 0 && last !== undefined ? last.key : keyOf(cell);
    if (last?.key === key) last.length++;
    else found.push({ start: x, length: 1, key });
  });
  return found;
}

function isBlock(char: string): boolean {
  return /[\u2500-\u259f]/.test(char);
}

function color(packed: number, fallback: string): string {
  if (packed >>> 24 !== 0) return `#${(packed & 0xffffff).toString(16).padStart(6, '0')}`;
  if (packed >>> 16 === 2) return PALETTE[packed & 0xff] ?? fallback;
  return fallback;
}

function background(cell: TestCell): string {
  return (cell.attrs & 32) !== 0 ? color(cell.fg, DEFAULT_FG) : color(cell.bg, DEFAULT_BG);
}

function foreground(cell: TestCell): string {
  return (cell.attrs & 32) !== 0 ? color(cell.bg, DEFAULT_BG) : color(cell.fg, DEFAULT_FG);
}

function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] as string);
}
