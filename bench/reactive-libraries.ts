/**
 * The signal libraries of the reactive benchmark, each as the source text of its own idiom, so that
 * every library runs code that was compiled for it alone (a shared adapter would make all of them
 * look like the slowest).
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as spark from '../packages/spark-tui/src/reactive/index.ts';

/** How a library spells things. `$x` is a signal or computed, `$v` a value, `$f` a function body. */
export interface Library {
  readonly name: string;
  /** The module's exports, available as `L` in the texts below. */
  readonly module: unknown;
  readonly signal: string;
  readonly computed: string;
  /** Expression that makes an effect and gives what disposes it. */
  readonly effect: string;
  readonly read: string;
  readonly write: string;
  readonly dispose: string;
  readonly batch: string;
  /** Statement after writes, when effects do not run by themselves. */
  readonly settle: string;
  /** Wraps a whole set-up, when the library needs a root. */
  readonly root: string;
}

const require = createRequire(import.meta.url);

const dotValue = { read: '$x.value', write: '$x.value = $v' };
const plainRoot = { root: '$f', settle: '' };

/** All libraries; `alien-signals` is the reference. */
export function libraries(): Library[] {
  const solid = require(join(dirname(require.resolve('solid-js/package.json')), 'dist', 'solid.cjs')) as unknown;
  const sparkBase = {
    ...dotValue,
    // A plain object, as the others are: reading from a module namespace costs more than the call.
    module: { ...spark },
    signal: 'L.signal($v)',
    computed: 'L.derived(() => $f)',
    batch: 'L.batch(() => { $f })',
    root: '$f',
  };
  return [
    {
      name: 'alien-signals',
      // The CommonJS build: the same algorithm as ours uses, but compiled apart from it.
      module: require('alien-signals/cjs') as unknown,
      signal: 'L.signal($v)',
      computed: 'L.computed(() => $f)',
      effect: 'L.effect(() => { $f })',
      read: '$x()',
      write: '$x($v)',
      dispose: '$x()',
      batch: 'L.startBatch(); $f; L.endBatch()',
      ...plainRoot,
    },
    { ...sparkBase, name: 'spark sync', effect: 'L.effect.sync(() => { $f })', dispose: '$x()', settle: '' },
    { ...sparkBase, name: 'spark render', effect: 'L.renderEffect(() => { $f })', dispose: '$x.dispose()', settle: 'L.flushSync()' },
    {
      name: '@preact/signals-core',
      module: require('@preact/signals-core') as unknown,
      signal: 'L.signal($v)',
      computed: 'L.computed(() => $f)',
      effect: 'L.effect(() => { $f })',
      ...dotValue,
      dispose: '$x()',
      batch: 'L.batch(() => { $f })',
      ...plainRoot,
    },
    {
      name: '@vue/reactivity',
      module: require('@vue/reactivity/dist/reactivity.cjs.prod.js') as unknown,
      signal: 'L.shallowRef($v)',
      computed: 'L.computed(() => $f)',
      effect: 'L.effect(() => { $f })',
      ...dotValue,
      dispose: 'L.stop($x)',
      batch: '$f',
      ...plainRoot,
    },
    {
      name: 'solid-js',
      module: solid,
      signal: 'L.createSignal($v)',
      computed: '[L.createMemo(() => $f)]',
      effect: 'L.createRoot((dispose) => { L.createRenderEffect(() => { $f }); return dispose; })',
      read: '$x[0]()',
      write: '$x[1]($v)',
      dispose: '$x()',
      batch: 'L.batch(() => { $f })',
      root: 'L.createRoot(() => { $f })',
      settle: '',
    },
  ];
}

/** Replaces SIGNAL(v), COMPUTED(body), EFFECT(body), READ(x), WRITE(x, v), DISPOSE(x), BATCH(body), SETTLE(), ROOT(body). */
export function spell(library: Library, source: string): string {
  let text = source;
  for (;;) {
    const match = /\b(SIGNAL|COMPUTED|EFFECT|READ|WRITE|DISPOSE|BATCH|SETTLE|ROOT)\(/.exec(text);
    if (match === null) return text;
    const open = match.index + match[0].length;
    const close = closing(text, open);
    const args = text.slice(open, close);
    text = text.slice(0, match.index) + expand(library, match[1]!, args) + text.slice(close + 1);
  }
}

function expand(library: Library, macro: string, args: string): string {
  const put = (template: string, values: Record<string, string>): string =>
    template.replace(/\$[xvf]/g, (name) => values[name]!.trim());
  switch (macro) {
    case 'SIGNAL':
      return put(library.signal, { $v: args });
    case 'COMPUTED':
      return put(library.computed, { $f: args });
    case 'EFFECT':
      return put(library.effect, { $f: args });
    case 'READ':
      return put(library.read, { $x: args });
    case 'WRITE': {
      const comma = args.indexOf(',');
      return put(library.write, { $x: args.slice(0, comma), $v: args.slice(comma + 1) });
    }
    case 'DISPOSE':
      return put(library.dispose, { $x: args });
    case 'BATCH':
      return put(library.batch, { $f: args });
    case 'ROOT':
      return put(library.root, { $f: args });
    default:
      return library.settle;
  }
}

function closing(text: string, open: number): number {
  let depth = 1;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  throw new Error(`no closing parenthesis in ${text}`);
}
