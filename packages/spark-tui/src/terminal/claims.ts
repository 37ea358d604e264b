/**
 * A setting that several parts of an app may want: the latest claim that has a value wins, and when it is
 * released the one before it counts again. Whoever claims releases; nothing else is kept.
 */

/** One part's wish. `null` wishes nothing. */
export interface Claim<T> {
  set(value: T | null): void;
  /** Ends the claim. Idempotent. */
  release(): void;
}

export class Claims<T> {
  private readonly wishes: { value: T | null }[] = [];
  private readonly onChange: () => void;

  /** `onChange` is called after each call that may have changed `current`. */
  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** The value that counts now; null when nobody wants one. */
  get current(): T | null {
    for (let i = this.wishes.length - 1; i >= 0; i--) {
      const { value } = this.wishes[i]!;
      if (value !== null) return value;
    }
    return null;
  }

  /** Claims that are not released. */
  get size(): number {
    return this.wishes.length;
  }

  claim(value: T | null = null): Claim<T> {
    const wish = { value };
    this.wishes.push(wish);
    if (value !== null) this.onChange();
    return {
      set: (next) => {
        if (wish.value === next || !this.wishes.includes(wish)) return;
        wish.value = next;
        this.onChange();
      },
      release: () => {
        const at = this.wishes.indexOf(wish);
        if (at < 0) return;
        this.wishes.splice(at, 1);
        if (wish.value !== null) this.onChange();
      },
    };
  }
}
