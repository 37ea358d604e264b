/** Names nodes for error messages: `box#sidebar > text`. */
import { KIND_INPUT, KIND_TEXT, NIL, ROOT, type Scene, SideTable, U32_PARENT, U8_KIND } from '../scene/index.ts';

/** Ancestors a path names; deeper paths begin with an ellipsis. */
const MAX_PATH = 8;

export class NodeLabels {
  private readonly scene: Scene;
  private readonly labels: SideTable<string> = new SideTable();

  constructor(scene: Scene) {
    this.scene = scene;
    scene.addSideTable(this.labels);
  }

  set(slot: number, label: string): void {
    this.labels.set(slot, label);
  }

  get(slot: number): string | undefined {
    return this.labels.get(slot);
  }

  /** The path of a node from the root, for people. */
  path(slot: number): string {
    const { scene } = this;
    const parts: string[] = [];
    for (let node = slot; node !== NIL && node !== ROOT; node = scene.u32.array[U32_PARENT * scene.capacity + node]) {
      if (parts.length === MAX_PATH) {
        parts.push('…');
        break;
      }
      const number = scene.u8.array[U8_KIND * scene.capacity + node];
      const kind = number === KIND_TEXT ? 'text' : number === KIND_INPUT ? 'input' : 'box';
      const label = this.labels.get(node);
      parts.push(label === undefined ? kind : `${kind}#${label}`);
    }
    return parts.length === 0 ? 'the app' : parts.toReversed().join(' > ');
  }
}
