/**
 * Finds the children of a crowded container that can paint inside a rectangle without looking at
 * all of them: children are grouped, in paint order, into blocks of 64 with the union of their ink.
 *
 *   blocks = [ first slot, x0, y0, x1, y1 | first slot, … ]   one record a block
 *
 * An index holds for one layout epoch (ink only changes in layout). It is made on first use, lives in
 * a side table of the scene, and so dies with its node.
 */
import { I32_INK_X0, I32_INK_X1, I32_INK_Y0, I32_INK_Y1, NIL, type Scene, SideTable, U32_FIRST_CHILD, U32_NEXT } from '../scene/index.ts';

/** Children in a block. */
export const BLOCK_CHILDREN = 64;
const RECORD = 5;

interface Blocks {
  epoch: number;
  count: number;
  records: Int32Array;
}

export class ChildIndex {
  private readonly scene: Scene;
  private readonly table: SideTable<Blocks> = new SideTable();

  constructor(scene: Scene) {
    this.scene = scene;
    scene.addSideTable(this.table);
  }

  /** Containers that have an index now. */
  get size(): number {
    return this.table.size;
  }

  /** Child slots seen while deciding whether a container is crowded; NIL when it is not. */
  isCrowded(parent: number): boolean {
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    let child = u32[U32_FIRST_CHILD * cap + parent];
    for (let n = 0; n < BLOCK_CHILDREN * 2; n++) {
      if (child === NIL) return false;
      child = u32[U32_NEXT * cap + child];
    }
    return true;
  }

  /** The records of a container, made anew when layout ran since. */
  blocks(parent: number, epoch: number): Blocks {
    const known = this.table.get(parent);
    if (known !== undefined && known.epoch === epoch) return known;
    return this.build(parent, epoch, known);
  }

  private build(parent: number, epoch: number, known: Blocks | undefined): Blocks {
    const cap = this.scene.capacity;
    const u32 = this.scene.u32.array;
    const i32 = this.scene.i32.array;
    let records = known?.records ?? new Int32Array(RECORD * 8);
    let count = 0;
    let inBlock = 0;
    let at = 0;
    for (let child = u32[U32_FIRST_CHILD * cap + parent]; child !== NIL; child = u32[U32_NEXT * cap + child]) {
      if (inBlock === 0) {
        at = count++ * RECORD;
        if (at + RECORD > records.length) {
          const grown = new Int32Array(records.length * 2);
          grown.set(records);
          records = grown;
        }
        records[at] = child;
        records[at + 1] = 0x7fffffff;
        records[at + 2] = 0x7fffffff;
        records[at + 3] = -0x80000000;
        records[at + 4] = -0x80000000;
      }
      const x0 = i32[I32_INK_X0 * cap + child];
      const y0 = i32[I32_INK_Y0 * cap + child];
      const x1 = i32[I32_INK_X1 * cap + child];
      const y1 = i32[I32_INK_Y1 * cap + child];
      if (x1 > x0 && y1 > y0) {
        if (x0 < records[at + 1]) records[at + 1] = x0;
        if (y0 < records[at + 2]) records[at + 2] = y0;
        if (x1 > records[at + 3]) records[at + 3] = x1;
        if (y1 > records[at + 4]) records[at + 4] = y1;
      }
      if (++inBlock === BLOCK_CHILDREN) inBlock = 0;
    }
    const blocks = { epoch, count, records };
    this.table.set(parent, blocks);
    return blocks;
  }
}
