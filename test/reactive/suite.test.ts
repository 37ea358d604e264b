/**
 * The 163 cases of the public suite, each through our public surface, then the section that only
 * describes behaviour, whose answers are pinned.
 *
 * The suite expects effects to run at once and at each write: `effect.sync`. Some of its cases write
 * signals inside a computed. Here that is an error unless the write is wrapped in `untrack`, so the
 * adapter writes through `untrack`; that a bare write is refused is tested at the end.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { batch, derived, effect, signal, untrack } from '../../packages/spark-tui/src/reactive/index.ts';
import { type Framework, loadSuite } from './suite-source.ts';

const framework: Framework = {
  signal(value) {
    const node = signal(value);
    return {
      read: () => node.value,
      write: (next) =>
        untrack(() => {
          node.value = next;
        }),
    };
  },
  computed(fn) {
    const node = derived(fn);
    return { read: () => node.value };
  },
  effect: (fn) => effect.sync(fn),
  run: (fn) => fn(),
  batch: (fn) => batch(fn),
  untracked: (fn) => untrack(fn),
};

/** Our answers where the suite leaves the choice. */
const CHOICES: Readonly<Record<string, string>> = {
  '#17 computed evaluation timing': 'lazy',
  '#15 unread computed subscription': 'no subscription',
  '#146 recompute count on multiple dep changes': 'single recompute',
  '#29 NaN equality semantics': 'Object.is',
  '#167 computed NaN downstream propagation': 'Object.is',
  '#30 same-reference signal write': 'skips',
  '#176 batch return value': 'returns value',
  '#173 mid-propagation read isolation': 'post-write',
  '#174 intra-run read-after-write': 'post-write',
  '#88 effect subscription after first-run throw': 'unsubscribes',
  '#106 effect throw isolation in flush': 'continues',
  '#86 computed error caching': 'caches error',
  '#107 non-Error throw caching': 'caches error',
  '#49 inner write re-run through computed chain': 'runs 2x per write',
  '#62 infinite loop in effect': 'cycle detected',
  '#175 effect multi-signal write batching': 'batched',
};

/** The two cases that write in a computed and expect it to work. */
const WRITES_IN_COMPUTED = [
  '#57 computed side effect triggers downstream',
  '#179 computed self-increment: intra-run read-after-write values correct',
];

const suite = await loadSuite();
let count = 0;

for (const { section, cases, type } of suite) {
  if (type === 'behavioral') continue;
  describe(section, () => {
    for (const [name, run] of Object.entries(cases)) {
      count++;
      test(name, () => void run(framework));
    }
  });
}

test('the suite has 163 cases', () => {
  assert.equal(count, 163);
});

describe('Behavioral Differences', () => {
  for (const { cases, type } of suite) {
    if (type !== 'behavioral') continue;
    for (const [name, run] of Object.entries(cases)) {
      test(`${name}: ${String(CHOICES[name])}`, () => {
        assert.equal(run(framework), CHOICES[name]);
      });
    }
  }
});

test('with bare writes only the two cases that need a computed to write are refused', () => {
  const bare: Framework = {
    ...framework,
    signal(value) {
      const node = signal(value);
      return {
        read: () => node.value,
        write: (next) => {
          node.value = next;
        },
      };
    },
  };
  const refused: string[] = [];
  for (const { cases, type } of suite) {
    if (type === 'behavioral') continue;
    for (const [name, run] of Object.entries(cases)) {
      try {
        run(bare);
      } catch (error) {
        assert.match(String(error), /a derived must not write signals/, name);
        refused.push(name);
      }
    }
  }
  assert.deepEqual(refused.sort(), [...WRITES_IN_COMPUTED].sort());
});
