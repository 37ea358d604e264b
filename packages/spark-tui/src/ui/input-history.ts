/**
 * Texts submitted before. The text that was being written is kept while one looks through them.
 *
 *   entries  [ oldest … newest ] draft
 *   at                    0 … length; `length` is the draft
 */
import { untrack } from '../reactive/index.ts';

/** Most texts kept. */
const MAX_ENTRIES = 1000;

export class InputHistory {
  private readonly source: { value: readonly string[] };
  private draft = '';
  /** Steps back from the draft. */
  private back = 0;

  constructor(source: { value: readonly string[] }) {
    this.source = source;
  }

  /** The text before the one shown, which is `now`; null when there is none. */
  older(now: string): string | null {
    const { entries } = this;
    if (this.back >= entries.length) return null;
    if (this.back === 0) this.draft = now;
    this.back++;
    return entries[entries.length - this.back] ?? '';
  }

  /** The text after the one shown, at last the draft; null when that is shown. */
  newer(): string | null {
    const { entries } = this;
    if (this.back === 0) return null;
    this.back = Math.min(this.back, entries.length) - 1;
    if (this.back > 0) return entries[entries.length - this.back] ?? '';
    this.back = 0;
    return this.draft;
  }

  /** True while there is something to look through. */
  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  /** Adds a submitted text; not an empty one, nor the newest again. */
  add(text: string): void {
    this.back = 0;
    this.draft = '';
    const { entries } = this;
    if (text === '' || entries.at(-1) === text) return;
    this.source.value = [...entries, text].slice(-MAX_ENTRIES);
  }

  private get entries(): readonly string[] {
    return untrack(() => this.source.value) ?? [];
  }
}
