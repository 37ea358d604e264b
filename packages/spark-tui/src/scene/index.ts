export * from './fields.ts';
export * from './grid-style.ts';
export { NIL, ROOT, Scene, type SceneOptions } from './scene.ts';
export { SideTable } from './side-table.ts';
export { SlotList } from './slot-list.ts';
