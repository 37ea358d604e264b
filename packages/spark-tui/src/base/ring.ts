/**
 * A bounded first-in first-out queue. Every queue of the framework is one of these: it has a
 * capacity, a policy for when it is full, and counts what it dropped.
 */

/** What a full ring does with a new item: refuse it, or forget the oldest. */
export type RingPolicy = 'refuse' | 'drop-oldest';

export class Ring<T> {
  readonly capacity: number;
  readonly policy: RingPolicy;
  /** Items lost to the bound. */
  dropped = 0;
  /** Highest length seen. */
  high = 0;
  length = 0;
  private readonly items: (T | undefined)[];
  private head = 0;

  constructor(capacity: number, policy: RingPolicy) {
    this.capacity = capacity;
    this.policy = policy;
    this.items = new Array<T | undefined>(capacity).fill(undefined);
  }

  /** Adds at the end. Returns false when an item was lost (the new one or the oldest, by policy). */
  push(item: T): boolean {
    let kept = true;
    if (this.length === this.capacity) {
      this.dropped++;
      kept = false;
      if (this.policy === 'refuse') return false;
      this.shift();
    }
    this.items[(this.head + this.length) % this.capacity] = item;
    this.length++;
    if (this.length > this.high) this.high = this.length;
    return kept;
  }

  /** Takes the oldest item, or undefined when empty. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.items[this.head];
    this.items[this.head] = undefined;
    this.head = (this.head + 1) % this.capacity;
    this.length--;
    return item;
  }

  clear(): void {
    while (this.length > 0) this.shift();
  }
}
