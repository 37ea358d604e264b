/**
 * A growing list of slots that is emptied every frame and keeps its memory. Membership is a flag on
 * the node, so a slot is in a list at most once.
 */
export class SlotList {
  slots: Uint32Array = new Uint32Array(64);
  length = 0;
  private peak = 0;

  /** Most slots that ever were in the list at once. */
  get high(): number {
    return Math.max(this.peak, this.length);
  }

  /** Empties the list. */
  reset(): void {
    if (this.length > this.peak) this.peak = this.length;
    this.length = 0;
  }

  push(slot: number): void {
    if (this.length === this.slots.length) {
      const grown = new Uint32Array(this.slots.length * 2);
      grown.set(this.slots);
      this.slots = grown;
    }
    this.slots[this.length++] = slot;
  }
}
