/**
 * Where the rows of a list lie, read from the layout's results. A row is the run of siblings from its first to
 * its last node; what is hidden or out of flow in it takes no room.
 */
import * as s from '../scene/index.ts';
import type { Row } from './keyed-list.ts';

/** Top of a row, from its container's border box, and the cells it takes, margins included. */
export interface RowExtent {
  top: number;
  cells: number;
}

/** The nodes of a row. */
type RowNodes = Pick<Row<unknown, unknown>, 'first' | 'last' | 'firstGeneration'>;

/** Measures a row into `out`. False when it shows nothing. */
export function measureRow(scene: s.Scene, row: RowNodes, out: RowExtent): boolean {
  if (row.first === s.NIL || !scene.isLive(row.first, row.firstGeneration)) return false;
  const cap = scene.capacity;
  const u32 = scene.u32.array;
  const f64 = scene.f64.array;
  let found = false;
  for (let node = row.first; node !== s.NIL; node = u32[s.U32_NEXT * cap + node]) {
    if (takesRoom(scene, node)) {
      const y = f64[s.F64_Y * cap + node];
      if (!found) out.top = y - margin(scene, node, s.LEN_MARGIN_TOP);
      found = true;
      out.cells = y + f64[s.F64_H * cap + node] + margin(scene, node, s.LEN_MARGIN_BOTTOM) - out.top;
    }
    if (node === row.last) break;
  }
  return found;
}

/** Whether a top node belongs to the row. */
export function isRowNode(scene: s.Scene, node: number, { first, last }: RowNodes): boolean {
  const cap = scene.capacity;
  const u32 = scene.u32.array;
  for (let at = first; at !== s.NIL; at = u32[s.U32_NEXT * cap + at]) {
    if (at === node) return true;
    if (at === last) return false;
  }
  return false;
}

function takesRoom(scene: s.Scene, node: number): boolean {
  const cap = scene.capacity;
  const u8 = scene.u8.array;
  return (
    u8[s.U8_KIND * cap + node] !== s.KIND_ANCHOR &&
    u8[s.U8_HIDDEN * cap + node] === 0 &&
    u8[s.U8_DISPLAY * cap + node] !== s.DISPLAY_NONE &&
    u8[s.U8_POSITION * cap + node] !== s.POSITION_ABSOLUTE
  );
}

function margin(scene: s.Scene, node: number, field: number): number {
  const at = field * scene.capacity + node;
  return scene.u8.array[at] === s.UNIT_CELLS ? scene.f32.array[at] : 0;
}
