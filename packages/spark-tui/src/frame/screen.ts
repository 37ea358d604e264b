/**
 * The screen of one app: what was painted (`back`), what the terminal shows (`front`), who owns each
 * cell, and what is damaged. All of one size, replaced together on resize.
 */
import { CellBuffer, Damage, OwnerPlane, RowSpans } from '../cells/index.ts';

export class Screen {
  readonly back: CellBuffer;
  readonly front: CellBuffer;
  readonly owners: OwnerPlane;
  readonly damage: Damage;
  readonly spans: RowSpans;

  constructor(cols: number, rows: number) {
    this.back = new CellBuffer(cols, rows);
    this.front = new CellBuffer(cols, rows);
    this.owners = new OwnerPlane(cols, rows);
    this.damage = new Damage(cols, rows);
    this.spans = new RowSpans(cols, rows);
  }

  get cols(): number {
    return this.back.cols;
  }

  get rows(): number {
    return this.back.rows;
  }

  /** Bytes taken from the buffer pool. */
  get byteLength(): number {
    return this.back.byteLength + this.front.byteLength + this.owners.slots.byteLength * 2;
  }

  /** Takes a new size. Everything is blank and damaged then. */
  resize(cols: number, rows: number): void {
    this.back.resize(cols, rows);
    this.front.resize(cols, rows);
    this.owners.resize(cols, rows);
    this.damage.resize(cols, rows);
    this.spans.resize(cols, rows);
    this.damage.addAll();
  }

  /** Takes another height: the rows that stay keep what they show, new ones are blank and damaged. */
  resizeRows(rows: number): void {
    const before = this.rows;
    if (rows === before) return;
    this.back.resizeRows(rows);
    this.front.resizeRows(rows);
    this.owners.resizeRows(rows);
    this.damage.resizeRows(rows);
    this.spans.resizeRows(rows);
    this.damage.add(0, before, this.cols, rows);
  }

  release(): void {
    this.back.release();
    this.front.release();
    this.owners.release();
  }
}
