/**
 * Random apps as plain data, so that a failing one can be shrunk and printed: a tree of elements and
 * flows, each prop given in one of the ways a user may give it, and steps that change what is reactive.
 *
 *   Program = { cols, rows, tree: Spec[], steps: [ [Op, Op, …], … ] }     one frame a step
 *
 * While an app lives, everything that can be changed is in `Controls`, in order of creation; an `Op`
 * picks one by number (modulo their count), so that a program stays valid when parts of it are removed.
 */
import { derived, signal, type WritableSignal } from '../../packages/spark-tui/src/reactive/index.ts';
import type { ColorInput } from '../../packages/spark-tui/src/style/index.ts';
import { box, each, onCleanup, show, text, type TextContent } from '../../packages/spark-tui/src/ui/index.ts';

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
  underlineColor: COLOURS,
  link: ['https://example.org/', 'mailto:me@example.org', undefined],
  attrs: [0, 1, 5, 8, 128],
};

/** How a prop is given. */
type Way = 'static' | 'signal' | 'getter' | 'derived';

interface PropSpec {
  readonly name: string;
  readonly value: number;
  readonly way: Way;
}

export interface Spec {
  readonly kind: 'box' | 'text' | 'show' | 'each';
  readonly props: readonly PropSpec[];
  readonly value: number;
  readonly children: readonly Spec[];
  /** What a `show` makes otherwise. */
  readonly other: readonly Spec[];
}

export interface Op {
  readonly target: number;
  readonly value: number;
}

export interface Program {
  readonly cols: number;
  readonly rows: number;
  readonly tree: readonly Spec[];
  readonly steps: readonly (readonly Op[])[];
}

/** Everything reactive of a living app. */
export interface Controls {
  readonly list: { readonly what: string; readonly change: (value: number) => void }[];
  readonly contents: readonly TextContent[];
  items: number;
}

const CROWD = 150;
const WAYS: readonly Way[] = ['static', 'static', 'signal', 'getter', 'derived'];
/** Colours, order and clipping of overlapping boxes want more weight than their share of the props. */
const LIVELY = ['position', 'left', 'top', 'bg', 'width', 'height', 'overflow', 'zIndex', 'opacity', 'border', 'flexDirection'];
const BOX_NAMES = [...Object.keys(BOX_VALUES), ...LIVELY, ...LIVELY];
const TEXT_NAMES = Object.keys(TEXT_VALUES);

type Random = (below: number) => number;

/** A small deterministic generator (mulberry32). */
export function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function makeProps(random: Random, names: readonly string[], most: number): PropSpec[] {
  return Array.from({ length: random(most + 1) }, () => ({
    name: names[random(names.length)] as string,
    value: random(60),
    way: WAYS[random(WAYS.length)] as Way,
  }));
}

function makeSpec(random: Random, depth: number): Spec {
  const kind = depth === 0 ? 'text' : (['text', 'text', 'box', 'box', 'box', 'show', 'each'] as const)[random(7)] ?? 'text';
  return {
    kind,
    props: kind === 'box' ? makeProps(random, BOX_NAMES, 6) : kind === 'text' ? makeProps(random, TEXT_NAMES, 4) : [],
    value: random(60),
    children: kind === 'text' ? [] : makeSpecs(random, depth - 1, 4),
    other: kind === 'show' ? makeSpecs(random, depth - 1, 2) : [],
  };
}

function makeSpecs(random: Random, depth: number, most: number): Spec[] {
  return Array.from({ length: random(most + 1) }, () => makeSpec(random, depth));
}

/** The random program of a seed. */
export function makeProgram(seed: number): Program {
  const random = generator(seed);
  return {
    cols: 2 + random(39),
    rows: 1 + random(14),
    tree: Array.from({ length: 1 + random(4) }, () => makeSpec(random, 1 + random(4))),
    steps: Array.from({ length: 1 + random(12) }, () =>
      Array.from({ length: 1 + random(4) }, () => ({ target: random(10_000), value: random(10_000) })),
    ),
  };
}

/** Programs a little smaller than the given one. */
function* smaller(program: Program): Generator<Program> {
  const { steps, tree } = program;
  for (let i = steps.length - 1; i >= 0; i--) yield { ...program, steps: without(steps, i) };
  for (const less of smallerLists(tree)) yield { ...program, tree: less };
  for (let i = 0; i < steps.length; i++) {
    const ops = steps[i] as readonly Op[];
    for (let k = 0; ops.length > 1 && k < ops.length; k++) yield { ...program, steps: steps.with(i, without(ops, k)) };
  }
}

function* smallerLists(list: readonly Spec[]): Generator<readonly Spec[]> {
  for (let i = 0; i < list.length; i++) {
    const spec = list[i] as Spec;
    yield without(list, i);
    yield [...list.slice(0, i), ...spec.children, ...list.slice(i + 1)];
    for (let k = 0; k < spec.props.length; k++) yield list.with(i, { ...spec, props: without(spec.props, k) });
    for (const children of smallerLists(spec.children)) yield list.with(i, { ...spec, children });
    for (const other of smallerLists(spec.other)) yield list.with(i, { ...spec, other });
  }
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, i) => i !== at);
}

/**
 * The smallest program found in `budgetMs` that still fails, by leaving out what is not needed.
 */
export function shrink(program: Program, fails: (program: Program) => boolean, budgetMs: number): Program {
  const endMs = performance.now() + budgetMs;
  let best = program;
  for (let found = true; found; ) {
    found = false;
    for (const candidate of smaller(best)) {
      if (performance.now() > endMs) return best;
      if (JSON.stringify(candidate).length >= JSON.stringify(best).length || !fails(candidate)) continue;
      best = candidate;
      found = true;
      break;
    }
  }
  return best;
}

/** A program as short text. */
export function printProgram({ cols, rows, tree, steps }: Program): string {
  const lines = [`${cols} x ${rows}`];
  const print = (specs: readonly Spec[], indent: string): void => {
    for (const { kind, props, value, children, other } of specs) {
      const table = kind === 'box' ? BOX_VALUES : TEXT_VALUES;
      const shown = props.map(({ name, value: v, way }) => `${name}=${way === 'static' ? '' : `${way}:`}${String((table[name] ?? [])[v % (table[name]?.length ?? 1)])}`);
      lines.push(`${indent}${kind} ${value} ${shown.join(' ')}`);
      print(children, `${indent}  `);
      if (other.length > 0) lines.push(`${indent}else`);
      print(other, `${indent}  `);
    }
  };
  print(tree, '  ');
  lines.push(...steps.map((ops, s) => `step ${s}: ${ops.map(({ target, value }) => `${target}←${value}`).join(' ')}`));
  return lines.join('\n');
}

export function newControls(clusters: boolean): Controls {
  return { list: [], contents: contentsOf(clusters ? [...COMMON_TEXTS, ...CLUSTER_TEXTS] : COMMON_TEXTS), items: 1000 };
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

/** The texts as they are, and every second one again in parts that cut it anywhere, also inside a cluster. */
function contentsOf(texts: readonly string[]): TextContent[] {
  const styled = texts.map((whole, k) => {
    const a = Math.floor(whole.length / 3);
    const b = a + Math.floor(whole.length / 2);
    const fg = COLOURS[k % COLOURS.length] as ColorInput;
    const bg = COLOURS[(k + 3) % COLOURS.length] as ColorInput;
    return [
      whole.slice(0, a),
      { text: whole.slice(a, b), fg, bold: k % 2 === 0, underline: 'curly' as const, underlineColor: bg, link: k % 3 === 0 ? 'https://x/' : undefined },
      { text: whole.slice(b), bg, inverse: k % 4 === 0 },
    ];
  });
  return [...texts, ...styled.filter((_, k) => k % 2 === 0)];
}

function isGiven(content: unknown): content is TextContent {
  return typeof content === 'string' || Array.isArray(content);
}

function labelled(label: string, content: TextContent): TextContent {
  return typeof content === 'object' ? [label, ...content] : `${label}${content}`;
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
      const content = give(controls, 'content', controls.contents, { value: spec.value, way: spec.value % 4 === 0 ? 'static' : 'signal' });
      const shown = item === null ? content : () => labelled(item().label, isGiven(content) ? content : (content as WritableSignal<TextContent>).value);
      text({ ...props, content: shown as TextContent });
      break;
    }
    case 'show': {
      const condition = signal(spec.value % 2 === 0);
      control(controls, 'show', (value) => {
        condition.value = value % 3 === 0 ? condition.peek() : !condition.peek();
      });
      show(condition, () => buildAll(controls, spec.children, item), spec.other.length > 0 ? () => buildAll(controls, spec.other, item) : undefined);
      break;
    }
    case 'each': {
      const items = signal<Item[]>([]);
      const fresh = (): Item => ({ key: controls.items, label: `${controls.items++ % 7}` });
      // Now and then more children than paint looks at one by one.
      const crowd = spec.value % 30 === 7 && controls.list.length < 60;
      items.value = Array.from({ length: crowd ? CROWD : spec.value % 6 }, fresh);
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
      return list.toReversed();
    case 1:
      list.splice(at, 1);
      return list;
    case 2:
    case 3:
      if (list.length < 2 * CROWD) list.splice(at, 0, fresh());
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
      return value % 3 === 0 ? [] : [fresh(), ...list.slice(at)].slice(0, 2 * CROWD);
  }
}
