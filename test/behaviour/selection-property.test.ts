/**
 * Random layouts, random drags. Every letter of the texts occurs once, so the letter a cell shows tells which text and
 * which place in it the cell belongs to: what has to be selected follows from the texts alone.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { signal, type WritableSignal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, show, text } from '../../packages/spark-tui/src/ui/index.ts';

const INVERSE = 32;
const WIDTH = 30;
const HEIGHT = 12;

interface TextSpec {
  readonly kind: 'text';
  /** Lengths of words; negative ones begin a new line. */
  readonly words: readonly number[];
  readonly wide: boolean;
  readonly wrap: 'wrap' | 'nowrap';
  readonly align: 'left' | 'center' | 'right';
  readonly width: number | undefined;
  readonly selectable: boolean;
}
interface BoxSpec {
  readonly kind: 'box';
  readonly row: boolean;
  readonly border: boolean;
  readonly padding: number;
  readonly gap: number;
  readonly scrolls: boolean;
  readonly children: readonly Spec[];
}
type Spec = TextSpec | BoxSpec;

const texts: fc.Arbitrary<TextSpec> = fc.record({
  kind: fc.constant('text' as const),
  words: fc.array(fc.integer({ min: -6, max: 7 }), { minLength: 1, maxLength: 5 }),
  wide: fc.boolean(),
  wrap: fc.constantFrom('wrap' as const, 'wrap' as const, 'nowrap' as const),
  align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
  width: fc.constantFrom(undefined, undefined, 3, 7, 12),
  selectable: fc.constantFrom(true, true, true, true, false),
});
const { tree }: { tree: fc.Arbitrary<BoxSpec> } = fc.letrec<{ tree: BoxSpec; spec: Spec }>((tie) => ({
  tree: fc.record({
    kind: fc.constant('box' as const),
    row: fc.boolean(),
    border: fc.boolean(),
    padding: fc.constantFrom(0, 0, 1),
    gap: fc.constantFrom(0, 1, 2),
    scrolls: fc.constantFrom(false, false, false, false, true),
    children: fc.array(tie('spec'), { minLength: 1, maxLength: 4 }),
  }),
  spec: fc.oneof({ maxDepth: 3 }, { arbitrary: texts, weight: 3 }, { arbitrary: tie('tree'), weight: 2 }),
}));
/** A cell: any, or (a number) one of those that show a letter. */
const cell = fc.oneof({ arbitrary: fc.nat(999), weight: 3 }, { arbitrary: fc.tuple(fc.nat(WIDTH - 1), fc.nat(HEIGHT - 1)), weight: 1 });
const drags = fc.array(fc.record({ path: fc.array(cell, { minLength: 2, maxLength: 4 }), wheel: fc.boolean() }), { minLength: 1, maxLength: 5 });

/** The texts as the test makes them up, in the order of the document. */
class Model {
  readonly contents: { readonly text: string; readonly selectable: boolean }[] = [];
  scrolls = false;
  private letters = 0;

  content(spec: TextSpec): string {
    let out = '';
    for (const length of spec.words) {
      if (out !== '') out += length < 0 ? '\n' : ' ';
      for (let i = 0; i < Math.abs(length); i++) {
        // Latin with marks is narrow, ideographs are wide; none of them joins another.
        const letter = this.letters++ % 250;
        out += String.fromCharCode((spec.wide && i % 2 === 0 ? 0x4e00 : 0x1e00) + letter);
      }
    }
    this.contents.push({ text: out, selectable: spec.selectable });
    return out;
  }

  /** All letters that can be selected, in order. */
  get order(): string {
    return this.contents.filter(({ selectable }) => selectable).map(({ text: content }) => content.replace(/\s/g, '')).join('');
  }

  /** What is copied from one letter to another, both included: `(\n| |)` is between elements. */
  between(from: string, to: string): RegExp {
    const isAt = (letter: string) => ({ text: content, selectable }: { text: string; selectable: boolean }): boolean => selectable && content.includes(letter);
    let first = this.contents.findIndex(isAt(from));
    let last = this.contents.findIndex(isAt(to));
    let [start, end] = [from, to];
    if (first > last || (first === last && this.contents[first].text.indexOf(from) > this.contents[first].text.indexOf(to))) {
      [first, last, start, end] = [last, first, to, from];
    }
    const pieces: string[] = [];
    for (let i = first; i <= last; i++) {
      const { text: content, selectable } = this.contents[i];
      if (!selectable || content === '') continue;
      pieces.push(content.slice(i === first ? content.indexOf(start) : 0, i === last ? content.indexOf(end) + 1 : content.length));
    }
    return new RegExp(`^${pieces.join('(?:\\n| |)')}$`, 'u');
  }
}

function build(spec: Spec, model: Model): void {
  if (spec.kind === 'text') {
    text({ content: model.content(spec), wrap: spec.wrap, align: spec.align, width: spec.width, selectable: spec.selectable, shrink: 0 });
    return;
  }
  if (spec.scrolls) model.scrolls = true;
  const { row, padding, gap, scrolls } = spec;
  // Nothing shrinks: what does not fit lies outside of the screen, and not over something else.
  box({ shrink: 0, flexDirection: row ? 'row' : 'column', border: spec.border ? 'single' : undefined, padding, gap, ...(scrolls ? { height: 4, overflow: 'scroll' as const } : {}) }, () => {
    for (const child of spec.children) build(child, model);
  });
}

/** The letters that are highlighted, and those that are not. */
function letters(app: TestApp): { on: Set<string>; off: Set<string> } {
  const on = new Set<string>();
  const off = new Set<string>();
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const { char, attrs, width } = app.cell(x, y);
      if (width === 2) assert.equal(app.cell(x + 1, y).attrs, attrs, 'both halves look the same');
      if (/[\u1e00-\u1eff\u4e00-\u4eff]/.test(char)) ((attrs & INVERSE) === 0 ? off : on).add(char);
    }
  }
  return { on, off };
}

/** The cell a number stands for, when there are letters. */
function resolve(app: TestApp, at: number | [number, number]): readonly [number, number] {
  if (typeof at !== 'number') return at;
  const cells: [number, number][] = [];
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) if (letterAt(app, x, y) !== '') cells.push([x, y]);
  return cells[at % cells.length] ?? [0, 0];
}

/** The letter at a cell, also when it is the right half of one. */
function letterAt(app: TestApp, x: number, y: number): string {
  const { char } = app.cell(x, y);
  const shown = char === '' ? app.cell(x - 1, y).char : char;
  return /[\u1e00-\u1eff\u4e00-\u4eff]/.test(shown) ? shown : '';
}

function follow(app: TestApp, path: readonly (readonly [number, number])[]): void {
  const send = (code: number, [x, y]: readonly [number, number], final: 'M' | 'm'): void => app.send(`\x1b[<${code};${x + 1};${y + 1}${final}`);
  app.clock.tick(1000);
  send(0, path[0], 'M');
  for (const at of path.slice(1)) send(32, at, 'M');
  send(0, path[path.length - 1], 'm');
}

test('a drag selects what lies between two letters in the order of the document, shows it and copies it; a click clears', () => {
  fc.assert(
    fc.property(tree, drags, (spec, given) => {
      const model = new Model();
      const shown: WritableSignal<boolean> = signal(true);
      const app = createTestApp(() => void show(shown, () => build(spec, model)), { width: WIDTH, height: HEIGHT });
      const { order } = model;
      if (new Set(order).size !== order.length) return; // More letters than there are.
      for (const { path: cells, wheel } of given) {
        if (wheel) app.mouse.wheel(...resolve(app, cells[0]), 1);
        const path = cells.map((at) => resolve(app, at));
        const from = letterAt(app, ...path[0]);
        const to = letterAt(app, ...path[path.length - 1]);
        const isMoved = path.some(([x, y]) => x !== path[0][0] || y !== path[0][1]);
        // What was selected stays when nothing can be selected at the press.
        app.clock.tick(1000);
        app.mouse.click(...path[0]);
        const before = app.selectedText();
        follow(app, path);
        const copied = app.selectedText();
        const { on, off } = letters(app);
        const taken = copied.replace(/\s/g, '');
        assert.ok(order.includes(taken), 'without gaps');
        for (const letter of on) assert.ok(taken.includes(letter), `${letter} shows as selected`);
        for (const letter of off) assert.ok(!taken.includes(letter), `${letter} shows as not selected`);
        if (isMoved && !model.scrolls && order.includes(from) && order.includes(to) && from !== '' && to !== '') assert.match(copied, model.between(from, to));
        if (!isMoved) assert.equal(copied, before);
        if (from !== '' && order.includes(from)) {
          app.clock.tick(1000);
          app.mouse.click(...path[0]);
          assert.equal(app.selectedText(), '');
          assert.equal(letters(app).on.size, 0);
        }
      }
      follow(app, given[0].path.map((at) => resolve(app, at)));
      shown.value = false;
      app.flush();
      assert.equal(app.selectedText(), '', 'it ends with its texts');
      assert.equal(app.stats().timers, 0);
      app.unmount();
      const { nodes, scopes, effects, handlers, timers } = app.stats();
      assert.deepEqual({ nodes, scopes, effects, handlers, timers }, { nodes: 0, scopes: 0, effects: 0, handlers: 0, timers: 0 });
    }),
    { numRuns: 150 },
  );
});
