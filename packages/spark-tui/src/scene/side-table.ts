/**
 * Sparse facts about nodes (handlers, labels, watchers): a value a slot, cleared by the same `free`
 * that clears the columns, so a recycled slot cannot inherit it.
 */
export class SideTable<T> {
  private readonly values: (T | undefined)[] = [];
  /** Slots that have a value. */
  size = 0;

  get(slot: number): T | undefined {
    return this.values[slot];
  }

  set(slot: number, value: T): void {
    while (this.values.length <= slot) this.values.push(undefined);
    if (this.values[slot] === undefined) this.size++;
    this.values[slot] = value;
  }

  clear(slot: number): void {
    if (slot >= this.values.length || this.values[slot] === undefined) return;
    this.values[slot] = undefined;
    this.size--;
  }

  /** Lets go of every value. */
  reset(): void {
    this.values.length = 0;
    this.size = 0;
  }
}
