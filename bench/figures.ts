/**
 * Figures of a benchmark: a value, the same work done by a hand-written raw-ANSI loop, their ratio, and
 * the limit the value has to keep. Printed as a table; `SPARK_BENCH_FIGURES` names a file they are
 * appended to as lines of JSON, for the table of all benchmarks.
 */
import { appendFileSync } from 'node:fs';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same by the raw loop. */
  readonly raw?: number | undefined;
  /** The most the value may be. */
  readonly limit?: number | undefined;
  readonly note?: string | undefined;
}

export function format(value: number): string {
  const size = Math.abs(value);
  if (Number.isNaN(value)) return '–';
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

export function verdict({ value, limit }: Figure): string {
  return limit === undefined ? '' : value <= limit ? 'ok' : 'MISSED';
}

export const HEADER: string = row('figure', 'value', 'raw loop', 'ratio', 'at most', '');

export function line(figure: Figure): string {
  const { name, value, unit, raw, limit, note } = figure;
  const ratio = raw === undefined || raw === 0 ? '' : (value / raw).toFixed(2);
  const end = [verdict(figure), note ?? ''].filter((part) => part !== '').join('  ');
  return row(name, `${format(value)} ${unit}`, raw === undefined ? '' : format(raw), ratio, limit === undefined ? '' : format(limit), end);
}

function row(name: string, value: string, raw: string, ratio: string, limit: string, end: string): string {
  return `${name.padEnd(52)}${value.padStart(15)}${raw.padStart(11)}${ratio.padStart(8)}${limit.padStart(10)}  ${end}`.trimEnd();
}

/** The figures of one benchmark, printed as they come. */
export class Figures {
  private readonly file: string | undefined = process.env.SPARK_BENCH_FIGURES;
  private readonly bench: string;

  constructor(bench: string, title: string) {
    this.bench = bench;
    console.log(`\n${bench}: ${title}`);
    console.log(HEADER);
  }

  add(figure: Figure): void {
    console.log(line(figure));
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify({ bench: this.bench, ...figure })}\n`);
  }
}
