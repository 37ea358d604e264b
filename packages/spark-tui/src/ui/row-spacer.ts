/**
 * A box that stands for rows that are not mounted: as high as they are together, and not there at all when there
 * are none (so that the container's gap counts right).
 *
 * Layout adds up to 16,777,215 cells: a list can be as high as that.
 */
import { F32_SHRINK_LESS, KIND_BOX, LEN_HEIGHT, NIL, type Scene, U8_HIDDEN, UNIT_AUTO, UNIT_CELLS } from '../scene/index.ts';

/** Cells one length can stand for (layout has a limit above a million). */
const PART_CELLS = 1_000_000;

/** A box that never gives way. */
function createRigid(scene: Scene, parent: number, before: number): number {
  const slot = scene.create(KIND_BOX, parent, before);
  scene.setF32(slot, F32_SHRINK_LESS, 1);
  return slot;
}

export class RowSpacer {
  /** Height in cells. */
  cells = 0;
  private readonly scene: Scene;
  private readonly slot: number;
  private readonly generation: number;
  /** Boxes inside, of `PART_CELLS` and the rest, where one length cannot say it. */
  private readonly parts: number[] = [];

  constructor(scene: Scene, parent: number, before: number) {
    this.scene = scene;
    this.slot = createRigid(scene, parent, before);
    this.generation = scene.generation(this.slot);
    scene.setU8(this.slot, U8_HIDDEN, 1);
  }

  get isShown(): boolean {
    return this.cells > 0;
  }

  set(cells: number): void {
    this.cells = cells > 0 ? cells : 0;
    this.scene.setU8(this.slot, U8_HIDDEN, this.cells > 0 ? 0 : 1);
    const parts = this.cells > PART_CELLS ? Math.ceil(this.cells / PART_CELLS) : 0;
    while (this.parts.length > parts) this.scene.remove(this.parts.pop() as number);
    while (this.parts.length < parts) this.parts.push(createRigid(this.scene, this.slot, NIL));
    this.parts.forEach((part, k) => {
      this.scene.setLength(part, LEN_HEIGHT, Math.min(PART_CELLS, this.cells - k * PART_CELLS), UNIT_CELLS);
    });
    const own = parts > 0 ? 0 : this.cells;
    this.scene.setLength(this.slot, LEN_HEIGHT, own, parts > 0 ? UNIT_AUTO : UNIT_CELLS);
  }

  moveBefore(node: number): void {
    this.scene.moveBefore(this.slot, node);
  }

  remove(): void {
    if (this.scene.isLive(this.slot, this.generation)) this.scene.remove(this.slot);
  }
}
