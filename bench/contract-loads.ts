/**
 * The loads of the memory contract: what comes and goes in an app, each at a size that shows a leak of one thing a time. Used
 * by the benchmark, which runs them for minutes, and by a test, which runs them for moments.
 *
 *   mounts     whole apps mounted, changed and unmounted
 *   nodes      subtrees of ten nodes with bindings, handlers and effects; a count is a node made and removed
 *   shuffles   a keyed list of 200 rows in another order, one row in ten another one
 *   effects    effects made and disposed, a thousand at a time
 *   clusters   grapheme clusters, each in colours, with an underline colour, some with a link, that were never shown before
 *   resizes    a new size of the terminal, with its frame
 */
import { type AppStats, box, createRef, each, effect, type EffectScope, effectScope, type MountHandle, mountSync, onCleanup, onKey, show, signal, text, type TextPart } from 'spark-tui';
import { CountingStream, inMemory } from './measured.ts';
import { leafTree } from './workloads.ts';

const COUNTS = ['nodes', 'scopes', 'effects', 'bindings', 'cleanups', 'handlers', 'keyHandlers', 'watchedBounds', 'watchedScrolls', 'timers', 'listeners', 'runWords', 'inputBytes', 'historyBytes', 'pendingEffects'] as const;

export interface Load {
  /** Does some of it; gives how often. */
  round(): number;
  /** Back to how it was at first, for comparing counts. */
  rest(): void;
  readonly app: MountHandle | null;
  /** What is wrong beside the counts, when it is over. */
  faults?(): string[];
}

/** What tables may hold at most: their bounds. */
const MOST = { glyphs: 65_536, extras: 65_535, cacheEntries: 4608 };

/** Numbers that repeat in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

export const LOADS: Readonly<Record<string, () => Load>> = {
  mounts: () => {
    let faults = 0;
    return {
      app: null,
      rest: () => undefined,
      round: () => {
        const { root, leaves } = leafTree(200, 12, 80, 24);
        const app = mountSync(root, inMemory(80, 24));
        app.flush();
        leaves[0]!.value = 'changed';
        app.flush();
        void app.unmount().then(({ survivors }) => (faults += survivors.length));
        return 1;
      },
      faults: () => (faults === 0 ? [] : [`${faults} survivors in unmount reports`]),
    };
  },
  nodes: () => {
    const shown = signal(false);
    const color = signal('red');
    const app = mountSync(() => {
      show(shown, () => {
        const ref = createRef();
        box({ ref, border: 'single', bg: color, onClick: () => undefined, focusable: true }, () => {
          onCleanup(() => undefined);
          onKey('x', () => undefined);
          effect(() => void color.value);
          text({ content: () => (ref.isFocused ? 'focused' : 'not') });
          box({ flexDirection: 'row' }, () => {
            for (let i = 0; i < 6; i++) text({ content: `static ${i} é`, fg: color });
          });
          text({ content: 'e\u0301' });
        });
      });
    }, inMemory(80, 24));
    const toggle = (value: boolean): void => {
      shown.value = value;
      app.flush();
    };
    return {
      app,
      rest: () => toggle(false),
      round: () => {
        for (let i = 0; i < 50; i++) {
          toggle(true);
          toggle(false);
        }
        return 500;
      },
    };
  },
  shuffles: () => {
    const random = generator(7);
    const first = Array.from({ length: 200 }, (_, i) => i);
    const items = signal<readonly number[]>(first);
    let next = first.length;
    const app = mountSync(() => {
      each(items, (item, key: number) => box({ onClick: () => undefined, flexDirection: 'row' }, () => text({ content: () => `${key % 10} ${item() % 10}` })), { key: (item: number) => item });
    }, inMemory(80, 24));
    return {
      app,
      rest: () => {
        items.value = first;
        app.flush();
      },
      round: () => {
        const order = items.peek().map((item) => (random(10) === 0 ? next++ : item));
        for (let i = order.length - 1; i > 0; i--) {
          const j = random(i + 1);
          [order[i], order[j]] = [order[j]!, order[i]!];
        }
        items.value = order;
        app.flush();
        return 1;
      },
    };
  },
  effects: () => {
    const source = signal(0);
    let runs = 0;
    const host: { scope: EffectScope | null } = { scope: null };
    const app = mountSync(() => {
      text({ content: 'effects' });
      host.scope = effectScope();
    }, inMemory(80, 24));
    return {
      app,
      rest: () => undefined,
      faults: () => (runs > 0 ? [] : ['no effect ran']),
      round: () => {
        host.scope!.run(() => {
          const scope = effectScope();
          scope.run(() => {
            for (let i = 0; i < 1000; i++) effect(() => void (runs += source.value + 1));
          });
          source.value++;
          app.flush();
          scope.stop();
        });
        return 1000;
      },
    };
  },
  clusters: () => {
    const COMBINING = 112;
    const hex = (n: number): string => `#${(n & 0xffffff).toString(16).padStart(6, '0')}`;
    /** The n-th cluster in colours of its own; one in ten links to where no other does. */
    const part = (n: number): TextPart => {
      const base = 0x61 + (Math.floor(n / (COMBINING * COMBINING)) % 26);
      const cluster = String.fromCodePoint(base, 0x300 + (n % COMBINING), 0x300 + (Math.floor(n / COMBINING) % COMBINING));
      const colours = { text: cluster, fg: hex(n * 7919), bg: hex(n * 31), underline: true, underlineColor: hex(n * 7) };
      return n % 10 === 0 ? { ...colours, link: `https://example.org/${n}` } : colours;
    };
    const parts = signal<readonly TextPart[]>([]);
    let made = 0;
    const most = { glyphs: 0, extras: 0, cacheEntries: 0 };
    const app = mountSync(() => text({ content: parts }), inMemory(120, 40));
    const set = (value: readonly TextPart[]): void => {
      parts.value = value;
      app.flush();
    };
    return {
      app,
      rest: () => set([]),
      round: () => {
        set(Array.from({ length: 100 }, () => part(made++)));
        const { glyphs, extras, cacheEntries } = app.stats();
        most.glyphs = Math.max(most.glyphs, glyphs);
        most.extras = Math.max(most.extras, extras);
        most.cacheEntries = Math.max(most.cacheEntries, cacheEntries);
        return 100;
      },
      faults: () => {
        const { glyphs, extras, cacheEntries } = most;
        const bounded = glyphs <= MOST.glyphs && extras <= MOST.extras && cacheEntries <= MOST.cacheEntries;
        return bounded ? [] : [`tables grew to ${JSON.stringify(most)}`];
      },
    };
  },
  resizes: () => {
    const random = generator(3);
    let resized = (): void => undefined;
    class Terminal extends CountingStream {
      columns = 100;
      rows = 30;
      override on(event?: string, listener?: () => void): this {
        if (event === 'resize') resized = listener!;
        return this;
      }
    }
    const terminal = new Terminal();
    const app = mountSync(() => {
      box({ border: 'rounded', height: '100%', flexDirection: 'row', flexWrap: 'wrap' }, () => {
        for (let i = 0; i < 60; i++) text({ content: `word ${i} to wrap and cut`, width: 12 });
      });
    }, { output: terminal, maxFps: Infinity });
    const resize = (columns: number, rows: number): void => {
      terminal.columns = columns;
      terminal.rows = rows;
      resized();
      app.flush();
    };
    return {
      app,
      rest: () => resize(100, 30),
      round: () => {
        resize(1 + random(300), 1 + random(100));
        return 1;
      },
    };
  },
};

/** The counts of an app that have to come back. */
export function counts(app: MountHandle): Record<string, number> {
  const stats: AppStats = app.stats();
  return Object.fromEntries(COUNTS.map((name) => [name, stats[name]]));
}
