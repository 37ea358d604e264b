/** Border plus padding of one side of a text node, in cells before snapping. */
import { F64_W, type Scene, U32_PARENT, UNIT_PERCENT } from '../scene/index.ts';

/** `border` is one of U8_BORDER_*, `padding` the LEN_PADDING_* of the same side. */
export function textInset(scene: Scene, slot: number, border: number, padding: number): number {
  const cap = scene.capacity;
  const width = scene.u8.array[border * cap + slot] === 0 ? 0 : 1;
  const value = scene.f32.array[padding * cap + slot];
  if (scene.u8.array[padding * cap + slot] !== UNIT_PERCENT) return width + value;
  const parent = scene.u32.array[U32_PARENT * cap + slot];
  return width + (value * scene.f64.array[F64_W * cap + parent]) / 100;
}
