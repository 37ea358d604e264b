/**
 * Random trees, random events, a model nobody shares code with: who is called and in which order, where focus may
 * be, in which order Tab goes, and that nothing is left behind.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, createRef, focusedElement } from '../../packages/spark-tui/src/ui/index.ts';

interface Spec {
  readonly parent: number;
  readonly focusable: boolean;
  readonly tabIndex: number;
  readonly stops: 'no' | 'down' | 'up' | 'consume';
  readonly group: boolean;
}

const specs = fc.array(
  fc.record({
    parent: fc.nat(11),
    focusable: fc.constantFrom(true, true, false),
    tabIndex: fc.constantFrom(0, 0, 0, 0, 1, 2, -1),
    stops: fc.constantFrom('no', 'no', 'no', 'no', 'down', 'up', 'consume'),
    group: fc.constantFrom(false, false, false, true),
  }) as fc.Arbitrary<Spec>,
  { minLength: 1, maxLength: 12, size: 'max' },
);

const ops = fc.array(
  fc.record({
    kind: fc.constantFrom('key', 'key', 'tab', 'tab', 'backtab', 'down', 'down', 'hide', 'disable', 'remove', 'focus', 'trap', 'trap', 'arrow', 'arrow', 'bomb'),
    node: fc.nat(11),
    other: fc.nat(11),
  }),
  { maxLength: 30, size: 'max' },
);

/** One node as the model sees it. */
class ModelNode {
  readonly id: number;
  readonly spec: Spec;
  readonly parent: ModelNode | null;
  readonly children: ModelNode[] = [];
  hidden = false;
  disabled = false;
  dead = false;
  trap = false;
  /** The member that had focus last, of a group. */
  last = -1;

  constructor(id: number, spec: Spec, parent: ModelNode | null) {
    this.id = id;
    this.spec = spec;
    this.parent = parent;
    parent?.children.push(this);
  }

  /** Itself and what is around it, innermost first. */
  get path(): ModelNode[] {
    return [this, ...(this.parent?.path ?? [])];
  }

  get gone(): boolean {
    return this.path.some(({ dead }) => dead);
  }

  get shown(): boolean {
    return !this.path.some(({ hidden, dead }) => hidden || dead);
  }

  get open(): boolean {
    return this.shown && !this.path.some(({ disabled }) => disabled);
  }

  get canHaveFocus(): boolean {
    return this.open && this.spec.focusable;
  }

  isIn(container: ModelNode | undefined): boolean {
    return container === undefined || this.path.includes(container);
  }
}

test('handlers run in DOM order, Tab follows tabIndex and the tree, focus is never where it cannot be, nothing is left', () => {
  fc.assert(
    fc.property(specs, ops, (given, steps) => {
      const nodes: ModelNode[] = [];
      // A parent comes before its children: node i hangs below a lower one, or at the top.
      given.forEach((spec, i) => nodes.push(new ModelNode(i, spec, nodes[spec.parent % (i + 2)] ?? null)));
      const tops = nodes.filter(({ parent }) => parent === null);
      const log: string[] = [];
      let focused = -1;
      /** Node `at` removes node `kill` in its handler. */
      let bomb: { at: number; kill: number } | null = null;
      const refs = nodes.map(() => createRef());
      const hidden = nodes.map(() => signal(false));
      const disabled = nodes.map(() => signal(false));
      const trapping = nodes.map(() => signal(false));
      /** Traps in the order they became ones; those that are up (the topmost last), and who gets focus back (-1: this model cannot tell). */
      let traps: ModelNode[] = [];
      let standing: { readonly node: ModelNode; restore: number }[] = [];
      const active = (): ModelNode | undefined => standing.at(-1)?.node;
      const ends: (() => void)[] = [];

      const make = (node: ModelNode): void => {
        const { id, spec } = node;
        const down = (event: { stopPropagation(): void }): void => {
          log.push(`down ${id}`);
          if (spec.stops === 'down') event.stopPropagation();
        };
        const up = (event: { stopPropagation(): void }): unknown => {
          log.push(`up ${id}`);
          if (bomb?.at === id) ends[bomb.kill]?.();
          if (spec.stops === 'up') event.stopPropagation();
          return spec.stops === 'consume';
        };
        ends[id] = box(
          {
            id: String(id),
            ref: refs[id],
            paddingTop: 1,
            shrink: 0,
            focusable: spec.focusable,
            tabIndex: spec.tabIndex,
            visible: () => !hidden[id].value,
            disabled: disabled[id],
            focusGroup: spec.group,
            focusTrap: trapping[id],
            onFocus: () => {
              for (const above of node.path) if (above.spec.group) above.last = id;
            },
            onKeyCapture: down,
            onKey: up,
            onMouseDownCapture: down,
            onMouseDown: up,
          },
          () => node.children.forEach(make),
        );
      };
      const app = createTestApp(
        () => {
          const element = focusedElement();
          effect(() => {
            focused = element.value === null ? -1 : Number(element.value.id);
          });
          tops.forEach(make);
        },
        { width: 3, height: 14 },
      );

      /** What a walk along `path` (innermost first) calls; kills what the bomb kills. Returns whether it was stopped. */
      const walk = (path: readonly ModelNode[], expected: string[]): 'no' | 'stopped' | 'consumed' => {
        for (const node of path.toReversed()) {
          if (node.gone) continue;
          expected.push(`down ${node.id}`);
          if (node.spec.stops === 'down') return 'stopped';
        }
        for (const node of path) {
          if (node.gone) continue;
          expected.push(`up ${node.id}`);
          if (bomb?.at === node.id && nodes[bomb.kill] !== undefined) nodes[bomb.kill].dead = true;
          if (node.spec.stops === 'up') return 'stopped';
          if (node.spec.stops === 'consume') return 'consumed';
        }
        return 'no';
      };
      /** Stops of Tab at and below `root` (all without one); `from` is among them whatever it is. */
      const tabOrder = (root: ModelNode | undefined, from: number): number[] => {
        const visit = (node: ModelNode): ModelNode[] => {
          const members = (node.canHaveFocus && node.spec.tabIndex >= 0) || node.id === from ? [node] : [];
          members.push(...node.children.flatMap(visit));
          if (node === root || !node.spec.group || !node.open || members.length < 2) return members;
          return [members.find(({ id }) => id === from) ?? members.find(({ id }) => id === node.last) ?? members[0]];
        };
        const order = (root === undefined ? tops : [root]).flatMap(visit);
        const rank = ({ spec }: ModelNode): number => (spec.tabIndex > 0 ? spec.tabIndex : 1e9);
        return order.sort((x, y) => rank(x) - rank(y)).map(({ id }) => id);
      };
      /** Looks which traps came up and which ended; tells where focus is then, as far as this model can tell. */
      const lookAtTraps = (before: number): number | undefined => {
        const isUp = (node: ModelNode): boolean => node.trap && node.open;
        traps = traps.filter(({ trap, gone }) => trap && !gone);
        const ended = standing.filter(({ node }) => !isUp(node));
        const top = standing.at(-1);
        standing = standing.filter((one) => !ended.includes(one));
        const entered = traps.filter((node) => isUp(node) && !standing.some((one) => one.node === node));
        const inside = (node: ModelNode): boolean => before !== -1 && nodes[before].isIn(node);
        for (const node of entered) standing.push({ node, restore: before === -1 || inside(node) ? -1 : before });
        const stays = before !== -1 && nodes[before].canHaveFocus;
        if (entered.length === 1 && ended.length === 0 && (before === -1 || stays)) {
          return inside(entered[0]) ? before : (tabOrder(entered[0], -1)[0] ?? -1);
        }
        if (entered.length > 0 || ended.length !== 1 || ended[0] !== top || !(inside(top.node) || before === -1)) return undefined;
        const { restore } = ended[0];
        return restore !== -1 && nodes[restore].canHaveFocus && nodes[restore].isIn(active()) && (before === -1 || stays || top.node.gone) ? restore : undefined;
      };
      /** Where a key goes, and whether its default action is still to come. */
      const expectKey = (expected: string[]): boolean => {
        const target = focused !== -1 ? nodes[focused] : active();
        if (target !== undefined) return walk(target.path, expected) !== 'consumed';
        for (const top of tops) {
          if (!top.open) continue;
          const ending = walk([top], expected);
          if (ending !== 'no') return ending === 'stopped';
        }
        return true;
      };
      const check = (expected: readonly string[], what: string): void => {
        app.flush();
        assert.deepEqual(log.splice(0), expected, what);
        if (focused === -1) return;
        assert.ok(nodes[focused].canHaveFocus, `${what}: focus is on ${focused}, which cannot have it`);
        assert.ok(nodes[focused].isIn(active()), `${what}: focus is on ${focused}, outside of the trap ${active()?.id}`);
      };

      for (const { kind, node: at, other } of steps) {
        const node = nodes[at % nodes.length];
        const expected: string[] = [];
        const before = focused;
        switch (kind) {
          case 'key':
            expectKey(expected);
            app.press('a');
            break;
          case 'tab':
          case 'backtab': {
            const goesOn = expectKey(expected);
            const step = kind === 'tab' ? 1 : -1;
            app.press(kind === 'tab' ? 'Tab' : 'shift+Tab');
            app.flush();
            const order = tabOrder(active(), before);
            const from = order.indexOf(before);
            if (goesOn && bomb === null && order.length > 0) {
              const to = from === -1 ? (step === 1 ? 0 : order.length - 1) : (from + step + order.length) % order.length;
              assert.equal(focused, order[to], `${kind} from ${before} in ${order.join(' ')}`);
            }
            break;
          }
          case 'down': {
            if (!node.shown || refs[node.id].bounds().y >= 14) break;
            const { x, y } = refs[node.id].bounds();
            if (node.open) walk(node.path, expected);
            app.mouse.down(x, y);
            app.mouse.up(x, y);
            app.flush();
            const wanted = node.open ? node.path.find(({ canHaveFocus }) => canHaveFocus) : undefined;
            if (bomb === null && wanted !== undefined) assert.equal(focused, wanted.isIn(active()) ? wanted.id : before, `press on ${node.id}`);
            break;
          }
          case 'arrow': {
            const goesOn = expectKey(expected);
            const group = before === -1 ? undefined : nodes[before].path.find(({ spec }) => spec.group);
            const order = group === undefined ? [] : tabOrder(group, before);
            app.press('ArrowRight');
            app.flush();
            if (!goesOn || bomb !== null) break;
            const from = order.indexOf(before);
            let to = before;
            for (let i = 1; i < order.length && to === before; i++) {
              const next = order[(from + i) % order.length];
              if (nodes[next].isIn(active())) to = next;
            }
            assert.equal(focused, to, `arrow from ${before} in ${order.join(' ')}`);
            break;
          }
          case 'trap':
            if (node.gone) break;
            node.trap = !node.trap;
            if (node.trap) traps.push(node);
            trapping[node.id].value = node.trap;
            break;
          case 'hide':
            node.hidden = !node.hidden;
            hidden[node.id].value = node.hidden;
            break;
          case 'disable':
            node.disabled = !node.disabled;
            disabled[node.id].value = node.disabled;
            break;
          case 'remove':
            if (node.gone || nodes.filter(({ gone }) => !gone).length < 3) break;
            node.dead = true;
            ends[node.id]?.();
            break;
          case 'focus':
            if (node.gone) break;
            app.flush();
            assert.equal(refs[node.id].focus(), node.canHaveFocus && node.isIn(active()));
            app.flush();
            if (!node.canHaveFocus) break;
            if (node.isIn(active())) assert.equal(focused, node.id);
            else standing[standing.length - 1].restore = node.id;
            break;
          default:
            bomb = bomb === null ? { at: node.id, kill: other % nodes.length } : null;
        }
        app.flush();
        const where = lookAtTraps(before);
        if (where !== undefined && bomb === null) assert.equal(focused, where, `${kind} ${node.id}: traps ${standing.map(({ node: { id } }) => id).join(' ')}`);
        check(expected, `${kind} ${node.id}`);
      }
      app.unmount();
      const { nodes: live, handlers, keyHandlers, timers, effects } = app.stats();
      assert.deepEqual([live, handlers, keyHandlers, timers, effects], [0, 0, 0, 0, 0]);
    }),
    { numRuns: 300 },
  );
});
