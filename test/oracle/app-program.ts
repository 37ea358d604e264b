/**
 * Random apps as plain data, so that a failing one can be shrunk and printed: a tree of elements and
 * flows, each prop given in one of the ways a user may give it, and steps that change what is reactive.
 *
 *   Program = { cols, rows, tree: Spec[], steps: [ [Op, Op, …], … ] }     one frame a step
 *
 * While an app lives, everything that can be changed is in `Controls`, in order of creation; an `Op`
 * picks one by number (modulo their count), so that a program stays valid when parts of it are removed.
 */
import fc from 'fast-check';
import { derived, signal, type WritableSignal } from '../../packages/spark-tui/src/reactive/index.ts';
import { box, each, onCleanup, show, text } from '../../packages/spark-tui/src/ui/index.ts';

export const CLUSTERS = ['é', '😀', '👍🏽', '👩‍👩‍👧', '🇩🇪', '❤️', 'e\u0301', 'o\u0308\u0323', 'कि', '1️⃣'];
export const CHARACTERS = [...'abcdefgxyz0123456789 .,:;-+*#()', 'ß', 'Ж', '█', 'ｱ', ...'中文字한글あ', '…'];

const COMMON_TEXTS = ['', 'a', '7', '8', 'hello', 'hello world', 'one\ntwo\n\nthree', '  lead', 'trail  ', 'wwwwwwwwwwwwwwwwwwwwww', '中文字', 'a中b文c字', '한글 あ 中文 字', 'ßЖ█ｱ', 'x\ny', '0123456789'];
const CLUSTER_TEXTS = ['😀', 'e\u0301a', '👩‍👩‍👧 family', '🇩🇪🇩🇪', '❤️ 1️⃣', 'कि कि', 'o\u0308\u0323o\u0308\u0323 中', '👍🏽👍🏽👍🏽👍🏽 ok', 'a😀b😀c'];

const COLOURS = [undefined, undefined, 'red', '#ffffff', '#000000', 'default', 'ansi:1', 'ansi:12', 0x336699, '#00ff0080', 'rgb(10 20 30 / 30%)', 'transparent'];
const SIZES = [undefined, 'auto', 0, 1, 2, 3, 5, 8, 13, '50%', '100%', '33%', 2.5];
const SPACES = [0, 0, 1, 2, 1.5];
const MARGINS = [0, 1, 2, -1, -2, 'auto'];
const INSETS = [undefined, 0, 1, 3, -2, '50%'];
const BORDERS = [undefined, 'none', 'single', 'double', 'rounded', 'heavy', 'ascii', 'block', true];
const OVERFLOWS = ['visible', 'hidden', 'scroll', 'auto', undefined];
const FLAGS = [true, false, undefined];

const ELEMENT_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  visible: FLAGS,
  display: ['flex', 'none', undefined, 'flex'],
  position: ['relative', 'absolute', undefined],
  width: SIZES,
  height: SIZES,
  minWidth: SIZES,
  maxWidth: SIZES,
  minHeight: SIZES,
  maxHeight: SIZES,
  top: INSETS,
  left: INSETS,
  right: INSETS,
  bottom: INSETS,
  grow: [0, 1, 2, undefined],
  shrink: [0, 1, undefined],
  alignSelf: ['auto', 'center', 'flex-end', 'stretch', undefined],
  margin: MARGINS,
  marginLeft: MARGINS,
  marginTop: MARGINS,
  padding: SPACES,
  paddingX: SPACES,
  paddingTop: SPACES,
  fg: COLOURS,
  bg: COLOURS,
  opacity: [0, 0.3, 0.5, 1, undefined],
  zIndex: [-1, 0, 0, 1, 2, undefined],
  order: [-1, 0, 1],
  pointerEvents: ['auto', 'none', undefined],
};

const BOX_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  ...ELEMENT_VALUES,
  flexDirection: ['row', 'row', 'column', 'row-reverse', 'column-reverse', undefined],
  flexWrap: ['nowrap', 'wrap', 'wrap-reverse'],
  justifyContent: ['flex-start', 'center', 'flex-end', 'space-between', 'space-around', undefined],
  alignItems: ['stretch', 'center', 'flex-end', 'baseline', undefined],
  gap: SPACES,
  overflow: OVERFLOWS,
  overflowX: OVERFLOWS,
  border: BORDERS,
  borderTop: BORDERS,
  borderLeft: BORDERS,
  borderBottom: BORDERS,
  borderColor: COLOURS,
  borderLeftColor: COLOURS,
};

const TEXT_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  ...ELEMENT_VALUES,
  wrap: ['wrap', 'nowrap', 'truncate', 'truncate-start', 'truncate-middle', undefined],
  align: ['left', 'center', 'right'],
  bold: FLAGS,
  dim: FLAGS,
  italic: FLAGS,
  underline: [true, false, 'curly', 'double', undefined],
  blink: FLAGS,
  inverse: FLAGS,
  hidden: FLAGS,
  strikethrough: FLAGS,
  attrs: [0, 1, 5, 8, 128],
};

/** How a prop is given. */
type Way = 'static' | 'signal' | 'getter' | 'derived';

interface PropSpec {
  readonly name: string;
  readonly value: number;
  readonly way: Way;
}

interface NodeSpec {
  readonly kind: 'box' | 'text' | 'show' | 'each';
  readonly props: readonly PropSpec[];
  readonly value: number;
  readonly children: readonly Spec[];
  readonly other: readonly Spec[];
}
export type Spec = NodeSpec;

export interface Op {
  readonly target: number;
  readonly value: number;
}

export interface Program {
  readonly cols: number;
  readonly rows: number;
  readonly clusters: boolean;
  readonly tree: readonly Spec[];
  readonly steps: readonly (readonly Op[])[];
}

/** Everything reactive of a living app. */
export interface Controls {
  readonly list: { readonly what: string; readonly change: (value: number) => void }[];
  readonly texts: readonly string[];
  items: number;
}

const WAYS: readonly Way[] = ['static', 'static', 'signal', 'getter', 'derived'];

function propArbitrary(values: Readonly<Record<string, readonly unknown[]>>): fc.Arbitrary<PropSpec> {
  return fc.record({ name: fc.constantFrom(...Object.keys(values)), value: fc.nat(99), way: fc.constantFrom(...WAYS) });
}

/** Colours, order and clipping of overlapping boxes want more weight than their share of the props. */
const LIVELY = ['position', 'left', 'top', 'bg', 'width', 'height', 'overflow', 'zIndex', 'opacity', 'border', 'flexDirection'];
const boxProp = fc.oneof(propArbitrary(BOX_VALUES), propArbitrary(Object.fromEntries(LIVELY.map((name) => [name, BOX_VALUES[name] ?? []]))));
const textProp = propArbitrary(TEXT_VALUES);

const specs = fc.letrec<{ node: Spec; nodes: Spec[]; text: Spec; box: Spec; show: Spec; each: Spec }>((tie) => ({
  node: fc.oneof({ maxDepth: 5, depthSize: 'small', withCrossShrink: true }, tie('text'), tie('box'), tie('show'), tie('each')),
  nodes: fc.array(tie('node'), { maxLength: 4 }),
  text: fc.record({ kind: fc.constant('text' as const), props: fc.array(textProp, { maxLength: 4 }), value: fc.nat(99), children: fc.constant([]), other: fc.constant([]) }),
  box: fc.record({ kind: fc.constant('box' as const), props: fc.array(boxProp, { maxLength: 6 }), value: fc.constant(0), children: tie('nodes'), other: fc.constant([]) }),
  show: fc.record({ kind: fc.constant('show' as const), props: fc.constant([]), value: fc.nat(3), children: tie('nodes'), other: tie('nodes') }),
  each: fc.record({ kind: fc.constant('each' as const), props: fc.constant([]), value: fc.nat(5), children: tie('nodes'), other: fc.constant([]) }),
}));

const op: fc.Arbitrary<Op> = fc.record({ target: fc.nat(9999), value: fc.nat(9999) });

/** Random programs; with `clusters` the texts contain emoji and combining marks. */
export function programs(clusters: boolean, maxSteps: number): fc.Arbitrary<Program> {
  return fc.record({
    cols: fc.integer({ min: 2, max: 40 }),
    rows: fc.integer({ min: 1, max: 14 }),
    clusters: fc.constant(clusters),
    tree: fc.array(specs.node, { minLength: 1, maxLength: 5 }),
    steps: fc.array(fc.array(op, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: maxSteps }),
  });
}

export function newControls(program: Program): Controls {
  return { list: [], texts: program.clusters ? [...COMMON_TEXTS, ...CLUSTER_TEXTS] : COMMON_TEXTS, items: 1000 };
}

function control(controls: Controls, what: string, change: (value: number) => void): void {
  const entry = { what, change };
  controls.list.push(entry);
  onCleanup(() => {
    controls.list.splice(controls.list.indexOf(entry), 1);
  });
}

function give(controls: Controls, name: string, values: readonly unknown[], spec: { value: number; way: Way }): unknown {
  const first = values[spec.value % values.length];
  if (spec.way === 'static') return first;
  const source = signal<unknown>(first);
  control(controls, name, (value) => {
    source.value = values[value % values.length];
  });
  if (spec.way === 'signal') return source;
  return spec.way === 'getter' ? () => source.value : derived(() => source.value);
}

function propsOf(controls: Controls, spec: Spec, table: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const prop of spec.props) props[prop.name] ??= give(controls, prop.name, table[prop.name] ?? [undefined], prop);
  return props;
}

interface Item {
  readonly key: number;
  readonly label: string;
}

function build(controls: Controls, spec: Spec, item: (() => Item) | null): void {
  switch (spec.kind) {
    case 'box':
      box(propsOf(controls, spec, BOX_VALUES), () => buildAll(controls, spec.children, item));
      break;
    case 'text': {
      const props = propsOf(controls, spec, TEXT_VALUES);
      const content = give(controls, 'content', controls.texts, { value: spec.value, way: spec.value % 4 === 0 ? 'static' : 'signal' });
      const shown = item === null ? content : () => `${item().label}${(content as WritableSignal<string>).value ?? content}`;
      text({ ...props, content: shown as string });
      break;
    }
    case 'show': {
      const condition = signal(spec.value % 2 === 0);
      control(controls, 'show', (value) => {
        condition.value = value % 3 === 0 ? condition.peek() : !condition.peek();
      });
      show(condition, () => buildAll(controls, spec.children, item), spec.value > 1 ? () => buildAll(controls, spec.other, item) : undefined);
      break;
    }
    case 'each': {
      const items = signal<Item[]>([]);
      const fresh = (): Item => ({ key: controls.items, label: `${controls.items++ % 7}` });
      items.value = Array.from({ length: spec.value }, fresh);
      control(controls, 'each', (value) => {
        items.value = changeList(items.peek(), value, fresh);
      });
      each(items, (get) => buildAll(controls, spec.children, get), { key: (entry) => entry.key });
      break;
    }
  }
}

export function buildAll(controls: Controls, children: readonly Spec[], item: (() => Item) | null = null): void {
  for (const child of children) build(controls, child, item);
}

/** Another list: shuffled, reversed, with items removed, put in, replaced. */
function changeList(old: readonly Item[], value: number, fresh: () => Item): Item[] {
  const list = [...old];
  const at = list.length === 0 ? 0 : (value >> 4) % list.length;
  switch (value % 8) {
    case 0:
      return list.reverse();
    case 1:
      list.splice(at, 1);
      return list;
    case 2:
    case 3:
      if (list.length < 10) list.splice(at, 0, fresh());
      return list;
    case 4: {
      let state = value;
      for (let i = list.length - 1; i > 0; i--) {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        const j = state % (i + 1);
        [list[i], list[j]] = [list[j] as Item, list[i] as Item];
      }
      return list;
    }
    case 5:
      return list.map((entry, i) => (i % 2 === 0 ? { key: entry.key, label: `${value % 5}` } : entry));
    case 6:
      list.push(...list.splice(0, 1));
      return list;
    default:
      return value % 3 === 0 ? [] : [fresh(), ...list.slice(at)].slice(0, 10);
  }
}
