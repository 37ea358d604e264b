/** An app with a little of everything, for monkeys: all of it can be changed from outside, and changes itself on input. */
import { batch, derived, effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { box, createRef, each, input, onCleanup, onKey, show, text, type TextContent, when } from '../../packages/spark-tui/src/ui/index.ts';
import type { Random } from './monkey-input.ts';

export interface KitchenSink {
  root(): void;
  /** Changes something at random. */
  change(random: Random): void;
  /** Puts everything back to where it was at first, so that counts can be compared. */
  rest(): void;
}

const COLOURS = ['red', '#12345678', 'oklch(70% 0.2 140 / 40%)', 'ansi:13', 'default', 'transparent', 'inherit', 0x00ff00, null, 'hsl(300 50% 50%)', 'ansi:bright-blue'] as const;
const TEXTS = ['', 'plain', 'two\nlines', '漢字 and 👩‍👩‍👧', '\x1b[31mred\x1b[0m', '\x1b]0;title\x07', 'a\tb', '\u202ertl', 'e\u0301\u0301\u0301', 'long '.repeat(30), '\x9b2J', '🏳️‍🌈'.repeat(9)];
const BORDERS = ['none', 'single', 'double', 'rounded', 'heavy', 'ascii'] as const;
const WRAPS = ['wrap', 'nowrap', 'truncate', 'truncate-middle'] as const;

export function kitchenSink(): KitchenSink {
  const items = signal<readonly number[]>([1, 2, 3]);
  const shown = signal(true);
  const content = signal<string>('plain');
  const parts = signal<TextContent>('plain');
  const color = signal<(typeof COLOURS)[number]>('red');
  const border = signal<(typeof BORDERS)[number]>('single');
  const wrap = signal<(typeof WRAPS)[number]>('wrap');
  const width = signal<number | 'auto' | `${number}%`>('50%');
  const clicks = signal(0);
  const promise = signal(Promise.resolve('ready'));
  const value = signal('');
  const long = signal(200);

  const root = (): void => {
    const ref = createRef();
    const total = derived(() => clicks.value + items.value.length);
    effect(() => void total.value);
    onKey(['+', 'ctrl+a'], () => {
      clicks.value++;
    });
    box({ border, borderColor: color, padding: 1, id: 'top', onMouseEnter: () => clicks.value++, onMouseLeave: () => clicks.value-- }, () => {
      text({ content: () => `${content.value} ${total.value}`, fg: color, wrap });
      text({ content: parts, wrap });
      input({ value, width: 12, placeholder: 'type' });
      input({ width: 8, password: true } as Parameters<typeof input>[0]);
    });
    box({ flexDirection: 'row', height: 4 }, () => {
      box({ width, overflow: 'scroll', focusable: true, ref }, () => {
        each(items, (item, k: number) => box({ focusable: true, onClick: () => clicks.value++, bg: () => (item() % 2 === 0 ? color.value : 'default') }, () => text({ content: () => `item ${k}` })), { key: (n) => n });
      });
      box({ grow: 1, overflow: 'auto' }, () => {
        each(() => Array.from({ length: long.value }, (_, i) => i), (_, n: number) => text({ content: `row ${n}` }), { key: (n) => n, virtual: true });
      });
    });
    show(shown, () => {
      onCleanup(() => undefined);
      box({ position: 'absolute', top: 1, right: 1, border: 'rounded', zIndex: 3, opacity: 0.5, focusTrap: true } as Parameters<typeof box>[0], () => {
        text({ content: () => `dialog ${ref.bounds().width}`, link: 'https://example.org' });
        box({ focusable: true, onKey: (event) => event.key === 'x', onPaste: () => clicks.value++ }, () => text({ content: 'field' }));
      });
    });
    // oxlint-disable-next-line unicorn/no-thenable -- the option is called so
    when(() => promise.value, { pending: () => text({ content: '…' }), then: (result) => text({ content: result }), catch: () => text({ content: 'failed' }) });
  };

  const change = (random: Random): void => {
    const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
    batch(() => {
      for (let n = 1 + random(3); n > 0; n--) {
        switch (random(12)) {
          case 0: items.value = Array.from({ length: random(12) }, (_, i) => (i * 7 + random(3)) % 31).filter((k, i, all) => all.indexOf(k) === i); break;
          case 1: shown.value = !shown.value; break;
          case 2: content.value = pick(TEXTS); break;
          case 3: parts.value = random(2) === 0 ? pick(TEXTS) : [pick(TEXTS), { text: pick(TEXTS), bold: true, fg: pick(COLOURS) }] as TextContent; break;
          case 4: color.value = pick(COLOURS); break;
          case 5: border.value = pick(BORDERS); break;
          case 6: wrap.value = pick(WRAPS); break;
          case 7: width.value = pick([0, 1, 5, 20, '10%', '100%', 'auto'] as const); break;
          case 8: long.value = pick([0, 1, 30, 200, 1000]); break;
          case 9: promise.value = random(3) === 0 ? Promise.reject(new Error('rejected')) : Promise.resolve(pick(TEXTS)); promise.value.catch(() => undefined); break;
          case 10: value.value = pick(TEXTS).replaceAll('\n', ' '); break;
          default: items.value = items.value.toReversed();
        }
      }
    });
  };

  const rest = (): void => {
    batch(() => {
      items.value = [1, 2, 3];
      shown.value = true;
      content.value = 'plain';
      parts.value = 'plain';
      color.value = 'red';
      border.value = 'single';
      wrap.value = 'wrap';
      width.value = '50%';
      clicks.value = 0;
      value.value = '';
      long.value = 200;
    });
  };
  return { root, change, rest };
}
