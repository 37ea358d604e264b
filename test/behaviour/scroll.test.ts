/** Scroll containers: wheel, keys, thumb, chaining, bars, signals, into view, through the whole pipeline. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, type BoxProps, createRef, type Ref, show, text } from '../../packages/spark-tui/src/ui/index.ts';

function rows(count: number, prefix = 'row'): void {
  for (let i = 0; i < count; i++) text({ content: `${prefix} ${i}` });
}

/** An app of one container of 10 × 5 cells with 20 rows. */
function one(props: BoxProps = {}, count = 20): { app: TestApp; ref: Ref } {
  const ref = createRef();
  const app = createTestApp(() => box({ ref, width: 10, height: 5, overflow: 'auto', ...props }, () => rows(count)), { width: 12, height: 12 });
  return { app, ref };
}

function first(app: TestApp): string {
  return app.text().split('\n')[0].replace(/[ ▁-█]+$/, '');
}

/** Shift with the wheel, as terminals report it. */
function shiftWheel(app: TestApp, x: number, y: number): void {
  app.send(`\x1b[<69;${x + 1};${y + 1}M`);
}

describe('the rules of scrolling', () => {
  test('1: only containers scroll; a wheel over a text in one scrolls the container', () => {
    using app = createTestApp(
      () => {
        box({ height: 2, shrink: 0 }, () => rows(4, 'plain'));
        box({ height: 2, shrink: 0, overflow: 'auto' }, () => rows(4));
      },
      { width: 12, height: 8 },
    );
    app.mouse.wheel(1, 0);
    assert.equal(app.text().split('\n')[0], 'plain 0');
    app.mouse.wheel(1, 2);
    assert.match(app.text(), /row 2.*\nrow 3/);
  });

  test('2: what can be scrolled is what layout computed: up to the last row beside a border, and not further', () => {
    const { app, ref } = one({ border: 'single' });
    app.press('Tab', 'End');
    assert.equal(ref.scrollTop, 17);
    assert.equal(app.text().split('\n')[3], '│row 19 █│');
    app.unmount();
  });

  test('3: what scrolls takes focus; focusable: false and hidden content do not', () => {
    const refs = Array.from({ length: 5 }, () => createRef());
    using app = createTestApp(() => {
      box({ ref: refs[0], overflow: 'auto' });
      box({ ref: refs[1], overflow: 'scroll' });
      box({ ref: refs[2], overflow: 'hidden' });
      box({ ref: refs[3], focusable: false, overflow: 'auto' });
      box({ ref: refs[4], overflowX: 'auto' });
    });
    const stops = refs.map(() => {
      app.press('Tab');
      return refs.findIndex((ref) => ref.isFocused);
    });
    assert.deepEqual(stops, [0, 1, 4, 0, 1]);
  });

  test('4: visible content is not cut and scrolls what is around; hidden is cut and scrolls only by program; auto and scroll scroll', () => {
    const hidden = createRef();
    using app = createTestApp(
      () => {
        box({ height: 1, width: 10 }, () => rows(2, 'over'));
        box({ height: 2, width: 10 });
        box({ ref: hidden, height: 2, width: 10, overflow: 'hidden' }, () => rows(5, 'cut'));
      },
      { width: 12, height: 6 },
    );
    assert.match(app.text(), /over 0\nover 1\n\ncut 0\ncut 1$|over 0\nover 1\n\ncut 0\ncut 1\n/);
    app.mouse.wheel(1, 3);
    assert.equal(hidden.scrollTop, 0);
    hidden.scrollTo({ y: 2 });
    assert.match(app.text(), /cut 2\ncut 3/);
    assert.equal(hidden.scrollTop, 2);
  });

  test('5: nested offsets are independent', () => {
    const outer = createRef();
    const inner = createRef();
    using app = createTestApp(
      () =>
        box({ ref: outer, width: 12, height: 6, overflow: 'auto' }, () => {
          box({ ref: inner, height: 3, shrink: 0, overflow: 'auto' }, () => rows(9, 'in'));
          rows(9, 'out');
        }),
      { width: 12, height: 6 },
    );
    app.mouse.wheel(0, 0);
    assert.deepEqual([outer.scrollTop, inner.scrollTop], [0, 3]);
    app.mouse.wheel(0, 4);
    assert.deepEqual([outer.scrollTop, inner.scrollTop], [3, 3]);
    inner.scrollTo({ y: 1 });
    app.flush();
    assert.deepEqual([outer.scrollTop, inner.scrollTop], [3, 1]);
  });

  test('6: the root scrolls, too', () => {
    using app = createTestApp(() => rows(10), { width: 12, height: 4 });
    app.mouse.wheel(0, 0);
    assert.equal(app.text(), 'row 3\nrow 4\nrow 5\nrow 6');
    app.press('End');
    assert.equal(app.text(), 'row 6\nrow 7\nrow 8\nrow 9');
    app.press('Home', 'ArrowDown');
    assert.equal(app.text().split('\n')[0], 'row 1');
  });
});

describe('wheel and keys', () => {
  test('the wheel goes three lines, keys a line, 0.9 windows, or to an end', () => {
    const { app, ref } = one({ height: 10 }, 50);
    app.mouse.wheel(1, 1, 2);
    assert.equal(ref.scrollTop, 6);
    app.mouse.wheel(1, 1, -1);
    assert.equal(ref.scrollTop, 3);
    app.press('Tab', 'ArrowDown', 'ArrowDown', 'ArrowUp');
    assert.equal(ref.scrollTop, 4);
    app.press('PageDown');
    assert.equal(ref.scrollTop, 13);
    app.press('PageUp');
    assert.equal(ref.scrollTop, 4);
    app.press('End');
    assert.equal(ref.scrollTop, 40);
    app.press('Home');
    assert.equal(ref.scrollTop, 0);
    app.unmount();
  });

  test('sideways: Shift with the wheel, the arrows; Home and End where only that axis scrolls', () => {
    const ref = createRef();
    using app = createTestApp(() => box({ ref, width: 10, height: 3, overflow: 'auto', flexDirection: 'row' }, () => box({ width: 40, shrink: 0 })), { width: 12, height: 4 });
    shiftWheel(app, 1, 1);
    assert.equal(ref.scrollLeft, 3);
    app.send('\x1b[<67;2;2M');
    assert.equal(ref.scrollLeft, 6);
    app.press('Tab', 'ArrowRight', 'ArrowLeft', 'ArrowLeft');
    assert.equal(ref.scrollLeft, 5);
    app.press('End');
    assert.equal(ref.scrollLeft, 30);
    app.press('ArrowDown', 'Home');
    assert.deepEqual([ref.scrollLeft, ref.scrollTop], [0, 0]);
  });

  for (const [scrollChaining, wheel, keys] of [
    [undefined, 3, 0],
    ['all', 3, 1],
    ['none', 0, 0],
  ] as const) {
    test(`at its end a container ${wheel > 0 ? 'hands the wheel on' : 'keeps the wheel'} and ${keys > 0 ? 'hands keys on' : 'keeps keys'} with scrollChaining ${scrollChaining ?? 'unset'}`, () => {
      const outer = createRef();
      using app = createTestApp(
        () =>
          box({ ref: outer, width: 12, height: 5, overflow: 'auto' }, () => {
            box({ height: 3, shrink: 0, overflow: 'auto', scrollChaining }, () => rows(4, 'in'));
            rows(9, 'out');
          }),
        { width: 12, height: 5 },
      );
      app.press('Tab', 'Tab', 'End');
      assert.equal(outer.scrollTop, 0);
      app.press('ArrowDown');
      assert.equal(outer.scrollTop, keys);
      outer.scrollTo({ y: 0 });
      app.flush();
      app.mouse.wheel(1, 1);
      assert.equal(outer.scrollTop, wheel);
    });
  }

  test('a handler that prevents the default keeps it from scrolling; scrollKeys choose the keys', () => {
    const { app, ref } = one({ scrollKeys: 'vim', onWheel: (event) => event.preventDefault(), onKey: (event) => event.key === 'x' && event.preventDefault() });
    app.mouse.wheel(1, 1);
    assert.equal(ref.scrollTop, 0);
    app.press('Tab', 'j', 'j', 'k');
    assert.equal(ref.scrollTop, 1);
    app.press('ctrl+d');
    assert.equal(ref.scrollTop, 3);
    app.press('ctrl+u', 'G');
    assert.equal(ref.scrollTop, 15);
    app.press('g');
    assert.equal(ref.scrollTop, 0);
    app.unmount();
    const none = one({ scrollKeys: 'none' });
    none.app.press('Tab', 'ArrowDown', 'End');
    assert.equal(none.ref.scrollTop, 0);
    none.app.unmount();
  });
});

describe('scroll bars', () => {
  test('auto: there while the content overflows, and the content gives it a column', () => {
    const many = signal(false);
    using app = createTestApp(
      () =>
        box({ width: 6, height: 3, overflow: 'auto' }, () => {
          text({ content: 'abcdef' });
          show(() => many.value, () => rows(3));
        }),
      { width: 8, height: 3 },
    );
    assert.equal(app.text(), 'abcdef\n\n');
    many.value = true;
    assert.equal(app.text(), 'abcde█\nf    ▂\nrow 0');
    many.value = false;
    assert.equal(app.text(), 'abcdef\n\n');
  });

  test('scroll: the vertical one is always there; none and overlay take no room; always takes it on all axes', () => {
    const at = (props: BoxProps): string => {
      using app = createTestApp(() => box({ width: 6, height: 3, ...props }, () => text({ content: 'abcdef' })), { width: 6, height: 3 });
      return app.text();
    };
    assert.equal(at({ overflow: 'scroll' }), 'abcde\nf\n');
    assert.equal(at({ overflow: 'scroll', scrollbar: 'none' }), 'abcdef\n\n');
    assert.equal(at({ overflow: 'scroll', scrollbar: 'overlay' }), 'abcdef\n\n');
    assert.equal(at({ overflow: 'auto', scrollbar: 'always' }), 'abcde\nf\n');
  });

  test('the thumb moves by eighths of a cell', () => {
    const { app } = one({ height: 4, scrollbarTrackColor: '#123456', scrollbarColor: '#abcdef' }, 32);
    const thumb = (): string => [0, 1, 2, 3].map((y) => `${app.cell(9, y).char}${(app.cell(9, y).attrs & 32) !== 0 ? '~' : ''}`).join('|');
    assert.equal(thumb(), '█| | | ');
    const seen = [thumb()];
    for (let i = 0; i < 28; i++) {
      if (i === 0) app.press('Tab');
      app.press('ArrowDown');
      seen.push(thumb());
    }
    assert.deepEqual(seen.slice(0, 10), [
      '█| | | ',
      '▇|▇~| | ',
      '▆|▆~| | ',
      '▅|▅~| | ',
      '▅|▅~| | ',
      '▄|▄~| | ',
      '▃|▃~| | ',
      '▂|▂~| | ',
      '▁|▁~| | ',
      ' |█| | ',
    ]);
    assert.equal(seen[28], ' | | |█');
    assert.equal(app.cell(9, 0).bg, 0xff123456);
    assert.equal(app.cell(9, 3).fg, 0xffabcdef);
    assert.equal(app.cell(8, 0).bg, 0);
    app.unmount();
  });

  test('a horizontal one stands below, with blocks from the left', () => {
    using app = createTestApp(() => box({ width: 8, height: 3, overflow: 'auto', flexDirection: 'row' }, () => box({ width: 14, height: 1, shrink: 0 })), { width: 8, height: 3 });
    assert.equal(app.text(), '\n\n████▋');
    app.press('Tab', 'ArrowRight');
    const cells = Array.from({ length: 8 }, (_, x) => app.cell(x, 2));
    assert.equal(cells.map(({ char }) => char).join(''), '▋████▎  ');
    assert.deepEqual(cells.map(({ attrs }) => attrs & 32), [32, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('an overlay stands on the border', () => {
    const { app } = one({ border: 'single', scrollbar: 'overlay' });
    assert.equal(app.text().trimEnd(), '┌────────┐\n│row 0   █\n│row 1   │\n│row 2   │\n└────────┘');
    app.unmount();
  });

  test('the thumb follows the mouse from press to release, also outside; a press beside it goes a page', () => {
    const { app, ref } = one({ height: 5 }, 25);
    app.mouse.down(9, 0);
    app.send('\x1b[<32;10;3M');
    assert.equal(ref.scrollTop, 10);
    app.send('\x1b[<32;2;6M');
    assert.equal(ref.scrollTop, 20);
    app.send('\x1b[<32;10;2M');
    assert.equal(ref.scrollTop, 5);
    app.mouse.up(9, 1);
    app.mouse.move(9, 4);
    assert.equal(ref.scrollTop, 5);
    app.mouse.click(9, 4);
    assert.equal(ref.scrollTop, 9);
    app.mouse.click(9, 0);
    assert.equal(ref.scrollTop, 5);
    app.unmount();
  });

  test('right to left it stands at the left', () => {
    const { app } = one({ direction: 'rtl', height: 2, border: undefined }, 4);
    assert.equal(app.text().split('\n')[0][0], '█');
    app.unmount();
  });
});

describe('offsets', () => {
  test('are held in the range when the content shrinks, in the same frame', () => {
    const count = signal(20);
    const ref = createRef();
    using app = createTestApp(() => box({ ref, width: 10, height: 4, overflow: 'auto' }, () => text({ content: () => Array.from({ length: count.value }, (_, i) => `row ${i}`).join('\n'), shrink: 0 })), {
      width: 10,
      height: 4,
    });
    ref.scrollToEnd();
    app.flush();
    assert.equal(ref.scrollTop, 16);
    count.value = 6;
    assert.match(app.text(), /^row 2.*\nrow 3.*\nrow 4.*\nrow 5/);
    count.value = 2;
    assert.equal(app.text(), 'row 0\nrow 1\n\n');
    assert.equal(ref.scrollTop, 0);
  });

  test('stickyEnd follows the end while it is there, and comes back to it', () => {
    const count = signal(6);
    const ref = createRef();
    using app = createTestApp(() => box({ ref, width: 10, height: 4, overflow: 'auto', stickyEnd: true }, () => text({ content: () => Array.from({ length: count.value }, (_, i) => `row ${i}`).join('\n'), shrink: 0 })), {
      width: 10,
      height: 4,
    });
    assert.equal(ref.scrollTop, 2);
    count.value = 9;
    app.flush();
    assert.equal(ref.scrollTop, 5);
    app.mouse.wheel(1, 1, -1);
    count.value = 12;
    app.flush();
    assert.equal(ref.scrollTop, 2);
    app.press('Tab', 'End');
    count.value = 20;
    app.flush();
    assert.equal(ref.scrollTop, 16);
  });

  test('are signals, and written by props and refs', () => {
    const top = signal(3);
    const { app, ref } = one({ scrollTop: top });
    const seen: string[] = [];
    const stop = effect(() => {
      seen.push(`${ref.scrollTop}/${ref.scrollHeight}/${ref.clientHeight}/${ref.clientWidth}`);
    });
    assert.equal(first(app), 'row 3');
    app.mouse.wheel(1, 1);
    ref.scrollBy({ y: -1 });
    ref.scrollBy({ y: -1 });
    app.flush();
    top.value = 10;
    app.flush();
    ref.scrollTop = 1;
    app.flush();
    assert.deepEqual(seen, ['3/20/5/9', '6/20/5/9', '4/20/5/9', '10/20/5/9', '1/20/5/9']);
    stop();
    app.unmount();
  });

  test('onScroll is told of every change, by whom ever, and bubbles', () => {
    const log: string[] = [];
    const ref = createRef();
    using app = createTestApp(
      () =>
        box({ onScroll: ({ scrollTop, deltaY }) => void log.push(`outer ${scrollTop} ${deltaY}`) }, () =>
          box({ ref, width: 10, height: 4, overflow: 'auto', onScroll: ({ scrollTop, deltaY }) => void log.push(`${scrollTop} ${deltaY}`) }, () => rows(20)),
        ),
      { width: 10, height: 4 },
    );
    app.mouse.wheel(1, 1);
    app.press('Tab', 'ArrowUp');
    ref.scrollToEnd();
    app.flush();
    app.press('End');
    assert.deepEqual(log, ['3 3', 'outer 3 3', '2 -1', 'outer 2 -1', '16 14', 'outer 16 14']);
  });
});

describe('into view', () => {
  test('focus brings what has it into every window around, and no further than needed', () => {
    const refs = Array.from({ length: 10 }, () => createRef());
    const outer = createRef();
    const inner = createRef();
    using app = createTestApp(
      () =>
        box({ ref: outer, focusable: false, width: 12, height: 6, overflow: 'auto' }, () => {
          rows(8, 'head');
          box({ ref: inner, focusable: false, height: 4, shrink: 0, overflow: 'auto' }, () => {
            for (const ref of refs) box({ ref, height: 1, shrink: 0, focusable: true });
          });
        }),
      { width: 12, height: 6 },
    );
    app.press('Tab');
    assert.deepEqual([outer.scrollTop, inner.scrollTop], [3, 0]);
    refs[6].focus();
    app.flush();
    assert.deepEqual([outer.scrollTop, inner.scrollTop], [6, 3]);
    refs[4].focus();
    app.flush();
    assert.deepEqual([outer.scrollTop, inner.scrollTop], [6, 3]);
  });

  test('an element that was made just now comes into view with its first layout', () => {
    const shown = signal(false);
    const ref = createRef();
    const outer = createRef();
    using app = createTestApp(
      () =>
        box({ ref: outer, width: 12, height: 4, overflow: 'auto' }, () => {
          rows(10);
          show(() => shown.value, () => box({ ref, focusable: true, height: 1, shrink: 0 }));
        }),
      { width: 12, height: 4 },
    );
    shown.value = true;
    app.flush();
    ref.focus();
    app.flush();
    assert.equal(outer.scrollTop, 7);
    outer.scrollTo({ y: 0 });
    ref.scrollIntoView({ block: 'end' });
    app.flush();
    assert.equal(outer.scrollTop, 7);
  });

  test('start, center and end say where in the window', () => {
    const refs = Array.from({ length: 30 }, () => createRef());
    const outer = createRef();
    using app = createTestApp(() => box({ ref: outer, width: 12, height: 5, overflow: 'auto' }, () => refs.forEach((ref) => box({ ref, height: 1, shrink: 0 }))), {
      width: 12,
      height: 5,
    });
    for (const [block, top] of [['start', 10], ['center', 8], ['end', 6]] as const) {
      refs[10].scrollIntoView({ block });
      app.flush();
      assert.equal(outer.scrollTop, top, block);
    }
  });
});

test('scrolling repaints the container and nothing beside it', () => {
  const count = signal(0);
  using app = createTestApp(
    () =>
      box({ flexDirection: 'row' }, () => {
        box({ width: 20, height: 10 }, () => rows(10, 'left'));
        box({ width: 20, height: 10, overflow: 'auto', scrollbar: 'none' }, () => rows(200));
        text({ content: () => String(count.value) });
      }),
    { width: 60, height: 10 },
  );
  app.bytes();
  app.mouse.wheel(25, 5);
  const bytes = Buffer.from(app.bytes()).toString();
  assert.doesNotMatch(bytes, /left/);
  assert.match(app.text().split('\n')[9], /^left 9 +row 12/);
});

test('random containers settle with their bars, and incremental layout agrees with a full one', () => {
  const overflow = fc.constantFrom('auto', 'scroll', 'hidden', 'visible');
  const node = fc.record({
    overflowX: overflow,
    overflowY: overflow,
    scrollbar: fc.constantFrom('auto', 'always', 'overlay', 'none'),
    width: fc.integer({ min: 0, max: 30 }),
    height: fc.integer({ min: 0, max: 12 }),
    words: fc.integer({ min: 0, max: 20 }),
    row: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 5 }), fc.array(fc.tuple(fc.nat(4), fc.nat(20), fc.nat(30)), { maxLength: 8 }), (nodes, edits) => {
      const words = nodes.map((n) => signal(n.words));
      const widths = nodes.map((n) => signal(n.width));
      using app = createTestApp(
        () => {
          const make = (i: number): void => {
            if (i === nodes.length) return;
            const { overflowX, overflowY, scrollbar, height, row } = nodes[i];
            box({ overflowX, overflowY, scrollbar, width: widths[i], maxHeight: height, flexDirection: row ? 'row' : 'column' }, () => {
              text({ content: () => 'word '.repeat(words[i].value) });
              make(i + 1);
            });
          };
          make(0);
        },
        { width: 40, height: 12 },
      );
      for (const [at, count, width] of edits) {
        words[at % nodes.length].value = count;
        widths[at % nodes.length].value = width;
        app.mouse.wheel(width, 2);
        app.flush();
      }
    }),
    { numRuns: 60 },
  );
});
