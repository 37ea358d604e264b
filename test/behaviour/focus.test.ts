/** Focus: groups, traps, who gets it next when an element goes, what is disabled, signals. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OptionError } from '../../packages/spark-tui/src/base/index.ts';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import {
  blur,
  box,
  createRef,
  each,
  focus,
  focusedElement,
  focusedIndex,
  focusFirst,
  focusLast,
  focusNext,
  focusPrevious,
  focusTrap,
  hasFocus,
  isFocused,
  onFocused,
  onKey,
  popFocusTrap,
  pushFocusTrap,
  type Ref,
  registerFocusCallbacks,
  restoreFocus,
  saveFocus,
  show,
  text,
  useFocusedId,
} from '../../packages/spark-tui/src/ui/index.ts';

/** A focusable element with a name. */
const stop = (id: string, props: object = {}): void => void box({ id, focusable: true, height: 1, ...props });

/** Shows where focus is; to be called in an app of one row more than needed. */
function showFocus(seen: string[]): void {
  const focused = focusedElement();
  effect(() => {
    seen.push(focused.value?.id ?? '-');
  });
}

describe('moving focus', () => {
  test('by name: next, previous, first, last, none, a given one', () => {
    const seen: string[] = [];
    const ref = createRef();
    using app = createTestApp(() => {
      showFocus(seen);
      for (const id of ['a', 'b']) stop(id);
      stop('c', { ref });
      onKey('1', () => void focusFirst());
      onKey('2', () => void focusNext());
      onKey('3', () => void focusPrevious());
      onKey('4', () => void focusLast());
      onKey('5', () => blur());
      onKey('6', () => void focus(ref));
    });
    app.press('2', '2', '3', '3', '1', '5', '3', '5', '6', '4');
    assert.deepEqual(seen, ['-', 'a', 'b', 'a', 'c', 'a', '-', 'c', '-', 'c']);
  });

  test('focus events name the other element; in and out bubble, focus and blur do not', () => {
    const log: string[] = [];
    const on = (name: string) => (event: { target: { id: string } | null; relatedTarget: { id: string } | null }) =>
      void log.push(`${name} ${event.target?.id} ${event.relatedTarget?.id ?? '-'}`);
    using app = createTestApp(() => {
      box({ onFocus: on('focus!'), onBlur: on('blur!'), onFocusIn: on('in'), onFocusOut: on('out') }, () => {
        stop('a', { onFocus: on('focus'), onBlur: on('blur') });
        stop('b', { onFocus: on('focus') });
      });
    });
    app.press('Tab', 'Tab');
    assert.deepEqual(log, ['focus a -', 'in a -', 'blur a b', 'out a b', 'focus b a', 'in b a']);
  });

  test('isFocused, focused and focusWithin are live, also when asked before the element is made', () => {
    const [outer, inner] = [createRef(), createRef()];
    using app = createTestApp(
      () => {
        text({ content: () => `${isFocused(inner)} ${inner.focused.value} ${outer.focused.value} ${outer.focusWithin.value}` });
        box({ ref: outer }, () => stop('in', { ref: inner }));
        stop('other');
      },
      { width: 24, height: 4 },
    );
    assert.match(app.text(), /^false false false false/);
    app.press('Tab');
    assert.match(app.text(), /^true true false true/);
    app.press('Tab');
    assert.match(app.text(), /^false false false false/);
  });

  test('autoFocus: the first of several, also of what is shown later', () => {
    const seen: string[] = [];
    const on = signal(false);
    using app = createTestApp(() => {
      showFocus(seen);
      stop('a');
      stop('b', { autoFocus: true });
      stop('c', { autoFocus: true });
      show(on, () => stop('d', { autoFocus: true }));
    });
    app.flush();
    on.value = true;
    app.flush();
    assert.deepEqual(seen.filter((id) => id !== '-'), ['b', 'd']);
  });
});

describe('who gets focus when the element that has it goes', () => {
  test('the next of the same container, else the previous, else outside of it', () => {
    const seen: string[] = [];
    const items = signal(['a', 'b', 'c']);
    using app = createTestApp(() => {
      showFocus(seen);
      stop('before');
      box({}, () => each(() => items.value, (item) => box({ id: item(), focusable: true }), { key: (item) => item }));
      stop('after');
    });
    app.press('Tab', 'Tab', 'Tab');
    seen.length = 0;
    for (const left of [['a', 'c'], ['a'], []]) {
      items.value = left;
      app.flush();
    }
    assert.deepEqual(seen.filter((id) => id !== '-'), ['c', 'a', 'after']);
  });

  test('hiding, disabling and making unfocusable hand it on as removing does, and the loser is told', () => {
    for (const way of ['visible', 'display', 'disabled', 'focusable', 'parent']) {
      const log: string[] = [];
      const off = signal(false);
      const flag = (name: string): boolean => off.value && way === name;
      using app = createTestApp(() => {
        box({ visible: () => !flag('parent') }, () => {
          stop('a', {
            visible: () => !flag('visible'),
            display: () => (flag('display') ? 'none' : 'flex'),
            disabled: () => flag('disabled'),
            focusable: () => !flag('focusable'),
            onBlur: () => void log.push('blur a'),
          });
        });
        stop('b', { onFocus: () => void log.push('focus b') });
      });
      app.press('Tab');
      off.value = true;
      app.flush();
      assert.deepEqual(log, ['blur a', 'focus b'], way);
    }
  });

  test('nobody, when nobody is left; a whole tree that goes costs one change', () => {
    const seen: string[] = [];
    const on = signal(true);
    using app = createTestApp(() => {
      showFocus(seen);
      show(on, () => {
        box({}, () => {
          for (let i = 0; i < 50; i++) stop(`s${i}`);
        });
      });
    });
    app.press('Tab');
    on.value = false;
    app.flush();
    assert.deepEqual(seen, ['-', 's0', '-']);
  });
});

describe('disabled', () => {
  test('takes neither focus nor mouse, with all that is inside; moves and the wheel reach what is around', () => {
    const log: string[] = [];
    const off = signal(true);
    const on = (name: string) => (): void => void log.push(name);
    using app = createTestApp(
      () => {
        box({ onMouseDown: on('outer down'), onWheel: on('outer wheel'), onMouseMove: on('outer move') }, () => {
          box({ disabled: off, onMouseDown: on('down'), onClick: on('click'), onWheel: on('wheel'), onMouseMove: on('move'), onMouseEnter: on('enter') }, () => {
            stop('inner', { onMouseDown: on('inner'), onFocus: on('focus') });
          });
        });
      },
      { width: 4, height: 1 },
    );
    app.press('Tab');
    app.mouse.click(0, 0);
    app.mouse.wheel(0, 0);
    app.mouse.move(1, 0);
    assert.deepEqual(log.splice(0), ['outer wheel', 'outer move']);
    off.value = false;
    app.flush();
    app.mouse.click(0, 0);
    assert.deepEqual(log, ['enter', 'inner', 'down', 'outer down', 'focus', 'click']);
  });
});

describe('groups', () => {
  test('are one stop of Tab, which comes back to the member that had focus; arrows move inside and wrap', () => {
    const seen: string[] = [];
    using app = createTestApp(() => {
      showFocus(seen);
      stop('a');
      box({ focusGroup: 'row' }, () => {
        for (const id of ['x', 'y', 'z']) stop(id);
      });
      stop('b');
    });
    app.press('Tab', 'Tab', 'ArrowRight', 'ArrowDown', 'Tab', 'shift+Tab', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End', 'Tab');
    assert.deepEqual(seen, ['-', 'a', 'x', 'y', 'b', 'y', 'z', 'x', 'z', 'x', 'z', 'b']);
  });

  test('of the other axis go their own way, nested ones too; a wrong value is told', () => {
    const seen: string[] = [];
    using app = createTestApp(() => {
      showFocus(seen);
      box({ focusGroup: 'column' }, () => {
        box({ focusGroup: 'row' }, () => ['a1', 'a2'].forEach((id) => stop(id)));
        box({ focusGroup: 'row' }, () => ['b1', 'b2'].forEach((id) => stop(id)));
      });
    });
    app.press('Tab', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Tab');
    assert.deepEqual(seen, ['-', 'a1', 'a2', 'b1', 'b2', 'a2']);
    assert.throws(() => createTestApp(() => box({ focusGroup: 'grid' as never })), /focusGroup is 'grid'; expected true, false, 'row' or 'column'/);
  });
});

describe('traps', () => {
  /** A page with a dialog that opens over it. */
  function page(seen: string[], open: { value: boolean }, dialog: () => void, refs: Ref[] = []): ReturnType<typeof createTestApp> {
    return createTestApp(
      () => {
        showFocus(seen);
        stop('a');
        stop('b', { ref: refs[0] });
        show(() => open.value, () => box({ id: 'dialog', height: 2 }, dialog));
        stop('c', { ref: refs[1] });
      },
      { width: 4, height: 6 },
    );
  }

  test('take focus when they come, keep it from Tab, click and program, and give it back when they go', () => {
    const seen: string[] = [];
    const open = signal(false);
    const [b, c] = [createRef(), createRef()];
    const app = page(
      seen,
      open,
      () => {
        focusTrap();
        stop('ok');
        stop('cancel');
      },
      [b, c],
    );
    b.focus();
    open.value = true;
    app.flush();
    app.press('Tab', 'Tab', 'shift+Tab');
    app.mouse.click(0, 0);
    assert.deepEqual(seen.splice(0), ['-', 'b', 'ok', 'cancel', 'ok', 'cancel']);
    open.value = false;
    app.flush();
    assert.equal(seen.at(-1), 'b');
    open.value = true;
    app.flush();
    c.focus();
    assert.equal(c.isFocused, false);
    open.value = false;
    app.flush();
    assert.equal(c.isFocused, true);
    app.unmount();
  });

  test('nest, and with nothing in them that can have focus get the keys themselves', () => {
    const seen: string[] = [];
    const log: string[] = [];
    const [open, second] = [signal(false), signal(false)];
    using app = page(seen, open, () => {
      focusTrap();
      stop('yes');
      show(second, () => {
        box({ focusTrap: true, onKey: (event) => void log.push(`inner ${event.key}`) }, () => text({ content: 'sure?' }));
      });
    });
    app.press('Tab');
    open.value = true;
    app.flush();
    second.value = true;
    app.flush();
    app.press('x', 'Tab');
    assert.deepEqual(log, ['inner x', 'inner Tab']);
    second.value = false;
    app.flush();
    assert.equal(seen.at(-1), 'yes');
    open.value = false;
    app.flush();
    assert.equal(seen.at(-1), 'a');
  });

  test('autoFocus inside wins over the first; hiding ends a trap as removing does', () => {
    const seen: string[] = [];
    const hidden = signal(true);
    using app = createTestApp(() => {
      showFocus(seen);
      stop('a', { autoFocus: true });
      box({ focusTrap: true, visible: () => !hidden.value }, () => {
        stop('x');
        stop('y');
      });
    });
    app.flush();
    hidden.value = false;
    app.flush();
    app.press('Tab', 'Tab');
    hidden.value = true;
    app.flush();
    app.press('Tab');
    assert.deepEqual(seen.filter((id) => id !== '-'), ['a', 'x', 'y', 'x', 'a']);
  });
});

describe('default actions', () => {
  test('the options of mount switch them off', () => {
    const ref = createRef();
    using app = createTestApp(() => stop('a', { ref }), { disableCtrlC: true, disableTabNavigation: true, focusOnClick: false });
    app.press('Tab', 'ctrl+c');
    app.mouse.click(0, 0);
    assert.deepEqual([app.exited, ref.isFocused], [false, false]);
  });

  test('a consumed key has none, but for Ctrl+C; stopping an event leaves them', () => {
    const ref = createRef();
    using app = createTestApp(() => {
      box({ focusable: true, autoFocus: true, onKey: (event) => (event.key === 'Tab' ? event.shift || event.stopPropagation() : true) });
      stop('b', { ref });
    });
    app.flush();
    app.press('shift+Tab');
    assert.equal(ref.isFocused, false);
    app.press('Tab');
    assert.equal(ref.isFocused, true);
    app.press('shift+Tab', 'ctrl+c');
    assert.equal(app.exited, true);
  });
});

describe('by id and index', () => {
  test('elements are given focus, asked and listened to; signals tell who has it', () => {
    const log: unknown[] = [];
    using app = createTestApp(
      () => {
        stop('a');
        stop('b', { onKey: (event: { componentIndex: number }) => void log.push(event.componentIndex === focusedIndex.value) });
        const id = useFocusedId();
        text({ content: () => `${id.value} ${hasFocus.value} ${focusedIndex.value > 0} ${isFocused('b')} ${isFocused(focusedIndex.value)}` });
        onKey('1', () => void log.push(focus('b')));
        onKey('2', () => void log.push(focus('nobody'), focus(9999)));
        registerFocusCallbacks('b', { onFocus: () => log.push('focus'), onBlur: () => log.push('blur') });
        onFocused('b', (event) => void log.push(`b ${event.key}`));
      },
      { width: 40, height: 3 },
    );
    const shown = (): string => app.text().split('\n')[2];
    assert.equal(shown(), 'null false false false false');
    app.press('1');
    assert.equal(shown(), 'b true true true true');
    app.press('2', 'Tab');
    assert.equal(shown(), 'a true true false true');
    // With nothing focused the first key came to b as an element at the top.
    assert.deepEqual(log, [false, 'focus', true, true, 'b 2', false, false, true, 'b Tab', 'blur']);
  });

  test('what names no element is told', () => {
    assert.throws(() => createTestApp(() => onFocused('nobody', () => undefined)), /onComponent\(\): there is no element with the id 'nobody'/);
    assert.throws(() => createTestApp(() => pushFocusTrap(77)), OptionError);
    assert.throws(() => createTestApp(() => focus(null as never)), /focus\(\) was given null; expected a ref/);
  });
});

describe('the stack of traps and of saved focus', () => {
  test('pushFocusTrap keeps focus inside until popFocusTrap, which gives it back', () => {
    const seen: string[] = [];
    const results: boolean[] = [];
    using app = createTestApp(() => {
      stop('out');
      box({ id: 'dialog' }, () => {
        stop('in');
        stop('in2');
      });
      showFocus(seen);
      onKey('p', () => pushFocusTrap('dialog'));
      onKey('o', () => void results.push(popFocusTrap()));
    });
    app.press('Tab', 'p', 'Tab', 'Tab', 'o', 'o', 'Tab');
    assert.deepEqual(seen, ['-', 'out', 'in', 'in2', 'in', 'out', 'in']);
    assert.deepEqual(results, [true, false]);
  });

  test('restoreFocus returns to what was saved last and can have focus still', () => {
    const seen: string[] = [];
    const results: boolean[] = [];
    const hidden = signal(false);
    using app = createTestApp(() => {
      stop('a');
      stop('b', { visible: () => !hidden.value });
      stop('c');
      showFocus(seen);
      onKey('s', () => void results.push(saveFocus()));
      onKey('r', () => void results.push(restoreFocus()));
    });
    app.press('s', 'Tab', 's', 'Tab', 's', 'Tab');
    hidden.value = true;
    app.flush();
    app.press('r', 'r');
    assert.deepEqual(seen, ['-', 'a', 'b', 'c', 'a']);
    assert.deepEqual(results, [false, true, true, true, false]);
  });

  test('a trap under another that ended keeps focus inside again, whatever had it before', () => {
    const seen: string[] = [];
    const lower = signal(false);
    const upper = signal(false);
    using app = createTestApp(() => {
      box({ focusTrap: lower }, () => stop('low', { disabled: () => upper.value }));
      box({ focusTrap: upper }, () => stop('high'));
      showFocus(seen);
    });
    upper.value = true;
    lower.value = true;
    app.flush();
    upper.value = false;
    app.flush();
    app.press('Tab');
    assert.equal(seen.at(-1), 'low');
  });
});
