/** Keys, mouse, focus and paste, from the bytes of a terminal to the handlers of elements. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { effect, signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, createRef, onKey, show, text } from '../../packages/spark-tui/src/ui/index.ts';

describe('keys', () => {
  test('go to the focused element and bubble to the root, then to the handlers of the app', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      onKey((event) => log.push(`app ${event.key}`));
      box({ onKey: (event) => void log.push(`outer ${event.key}`) }, () => {
        box({ focusable: true, onKey: (event) => void log.push(`inner ${event.key}`) });
        box({ focusable: true, onKey: (event) => void log.push(`other ${event.key}`) });
      });
    });
    app.press('Tab', 'a');
    assert.deepEqual(log, ['outer Tab', 'app Tab', 'inner a', 'outer a', 'app a']);
  });

  test('a handler that returns true or calls stopPropagation() consumes the key', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      onKey(() => void log.push('app'));
      box({ onKey: () => void log.push('outer') }, () => {
        box({ focusable: true, onKey: (event) => (event.key === 'a' ? true : event.key === 'b' ? event.stopPropagation() : false) });
      });
    });
    app.press('Tab');
    log.length = 0;
    app.press('a', 'b');
    assert.deepEqual(log, []);
    app.press('c');
    assert.deepEqual(log, ['outer', 'app']);
  });

  test('with nothing focused the elements at the top get them', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      box({ onKey: () => void log.push('one') }, () => box({ onKey: () => void log.push('below') }));
      box({ onKey: () => void log.push('two') });
    });
    app.press('x');
    assert.deepEqual(log, ['one', 'two']);
  });

  test('patterns: names, aliases, exact modifiers, shifted characters', () => {
    const log: string[] = [];
    using app = createTestApp(
      () => {
        for (const pattern of ['q', 'Q', 'Escape', 'ctrl+s', 'alt+x', 'shift+Tab', 'up', 'ctrl+ArrowUp', 'space', '+', 'ctrl++', 'F5']) {
          onKey(pattern, () => {
            log.push(pattern);
            return true;
          });
        }
      },
      {},
    );
    app.press('q', 'Q', 'Escape', 'ctrl+s', 's', 'alt+x', 'x', 'shift+Tab', 'Tab', 'ArrowUp', 'ctrl+ArrowUp', ' ', '+', 'F5');
    assert.deepEqual(log, ['q', 'Q', 'Escape', 'ctrl+s', 'alt+x', 'shift+Tab', 'up', 'ctrl+ArrowUp', 'space', '+', 'F5']);
    assert.throws(() => createTestApp(() => onKey('fn+x' as string, () => undefined)), /key pattern 'fn\+x': 'fn' is no modifier/);
    assert.throws(() => createTestApp(() => box({ id: 'menu' }, () => onKey('Entr' as string, () => undefined))), /box#menu: key pattern 'Entr'/);
    assert.throws(() => createTestApp(() => onKey('a', undefined as never)), /onKey\(\) was given undefined as handler; expected a function/);
    assert.throws(() => createTestApp(() => onKey(13 as never, () => undefined)), /onKey\(\) was given 13; expected a key pattern/);
    assert.throws(() => createTestApp(() => onKey('' as string, () => undefined)), /names no key/);
  });

  test('modifiers are what was pressed', () => {
    const log: string[] = [];
    using app = createTestApp(() => onKey((event) => void log.push(`${event.ctrl ? 'C' : ''}${event.alt ? 'A' : ''}${event.shift ? 'S' : ''}:${event.key}`)));
    app.press('ctrl+a', 'alt+a', 'A', 'shift+ArrowUp', 'ctrl+ArrowLeft');
    assert.deepEqual(log, ['C:a', 'A:a', 'S:a', 'S:ArrowUp', 'C:ArrowLeft']);
  });

  test('Ctrl+C ends the app, unless it is prevented', () => {
    const keep = signal(true);
    using app = createTestApp(() => onKey('ctrl+c', (event) => (keep.value ? event.preventDefault() : undefined)));
    app.press('ctrl+c');
    assert.equal(app.exited, false);
    keep.value = false;
    app.press('ctrl+c');
    assert.equal(app.exited, true);
  });

  test('Tab can be prevented and consumed', () => {
    const refs = [createRef(), createRef()];
    using app = createTestApp(() => {
      box({ ref: refs[0], focusable: true, onKey: (event) => (event.key === 'Tab' ? event.preventDefault() : undefined) });
      box({ ref: refs[1], focusable: true });
    });
    refs[0]?.focus();
    app.press('Tab');
    assert.equal(refs[0]?.isFocused, true);
    app.press('shift+Tab', 'Tab');
    assert.equal(refs[0]?.isFocused, true);
  });

  test('Escape alone comes by its timeout on the app\'s clock; the start of a sequence waits for the rest', () => {
    const log: string[] = [];
    using app = createTestApp(() => onKey((event) => void log.push(event.key)));
    app.send('\x1b');
    assert.deepEqual(log, []);
    assert.equal(app.stats().timers, 1);
    app.clock.tick(1000);
    assert.deepEqual(log, ['Escape']);
    app.send('\x1b[');
    app.send('A');
    assert.deepEqual(log, ['Escape', 'ArrowUp']);
    assert.equal(app.stats().timers, 0);
  });

  test('UTF-8 split over reads is one key', () => {
    const log: string[] = [];
    using app = createTestApp(() => onKey((event) => void log.push(event.text)));
    for (const byte of new TextEncoder().encode('é中😀')) app.send(Uint8Array.of(byte));
    assert.deepEqual(log, ['é', '中', '😀']);
  });

  test('what a handler makes belongs to its element and ends with it', () => {
    const log: number[] = [];
    const [count, shown] = [signal(0), signal(true)];
    using app = createTestApp(() => {
      show(shown, () =>
        box({
          onKey: () => {
            effect(() => {
              log.push(count.value);
            });
          },
        }),
      );
    });
    const { effects } = app.stats();
    app.press('x');
    count.value = 1;
    app.flush();
    shown.value = false;
    app.flush();
    count.value = 2;
    app.flush();
    assert.deepEqual(log, [0, 1]);
    assert.equal(app.stats().effects, effects);
  });

  test('a handler that another handler of the same key ended is not called', () => {
    const log: string[] = [];
    let end: () => void = () => undefined;
    using app = createTestApp(() => {
      onKey('x', () => {
        log.push('first');
        end();
      });
      end = onKey('x', () => void log.push('second'));
    });
    app.press('x');
    assert.deepEqual(log, ['first']);
    assert.equal(app.stats().keyHandlers, 1);
  });

  test('an error in a handler is reported, keeps no other from running, and the app goes on', () => {
    const log: string[] = [];
    const errors: string[] = [];
    using app = createTestApp(
      () => {
        onKey(() => void log.push('app'));
        box({
          onKey: () => {
            throw new Error('broken');
          },
        });
        box({ onKey: () => void log.push('next') });
      },
      { onError: (error) => errors.push(String(error)) },
    );
    app.press('x', 'y');
    assert.deepEqual(errors, ['Error: broken', 'Error: broken']);
    assert.deepEqual(log, ['next', 'app', 'next', 'app']);
  });

  test('all writes of one event come in one frame, and one run of each effect', () => {
    const [a, b] = [signal(0), signal(0)];
    const seen: string[] = [];
    using app = createTestApp(() => {
      effect(() => {
        seen.push(`${a.value} ${b.value}`);
      });
      text({ content: () => `${a.value} ${b.value}` });
      onKey('x', () => {
        a.value++;
        b.value++;
      });
    });
    const { frames } = app.stats();
    app.press('x');
    assert.deepEqual(seen, ['0 0', '1 1']);
    assert.equal(app.stats().frames, frames + 1);
  });
});

describe('focus', () => {
  test('Tab visits positive tabIndex first, then document order, wraps, and leaves out negative and hidden ones', () => {
    const log: string[] = [];
    const hidden = signal(false);
    const stop = (id: string, props: object = {}): void => {
      box({ id, focusable: true, onFocus: () => void log.push(id), ...props });
    };
    using app = createTestApp(() => {
      stop('a');
      stop('b', { tabIndex: 2 });
      box({ visible: () => !hidden.value }, () => stop('c'));
      stop('d', { tabIndex: -1 });
      box({ display: 'none' }, () => stop('e'));
      stop('f', { tabIndex: 1 });
      box({ tabIndex: 3 });
    });
    app.press('Tab', 'Tab', 'Tab', 'Tab', 'Tab');
    assert.deepEqual(log.splice(0), ['f', 'b', 'a', 'c', 'f']);
    hidden.value = true;
    app.flush();
    app.press('shift+Tab', 'shift+Tab');
    assert.deepEqual(log, ['a', 'b']);
  });

  test('onBlur and onFocus come with Tab, in this order; a click focuses the nearest focusable ancestor', () => {
    const log: string[] = [];
    using app = createTestApp(
      () => {
        for (const id of ['a', 'b']) {
          box({ focusable: true, onFocus: () => void log.push(`focus ${id}`), onBlur: () => void log.push(`blur ${id}`) }, () => text({ content: id }));
        }
        text({ content: 'plain' });
      },
      { width: 6, height: 3 },
    );
    app.press('Tab');
    app.mouse.click(0, 1);
    app.mouse.click(0, 2);
    assert.deepEqual(log, ['focus a', 'blur a', 'focus b']);
  });

  test('a prevented mouse down does not focus', () => {
    const ref = createRef();
    using app = createTestApp(() => box({ ref, focusable: true, height: 1, onMouseDown: (event) => event.preventDefault() }));
    app.mouse.click(0, 0);
    assert.equal(ref.isFocused, false);
  });

  test('leaves an element that is removed, hidden or made unfocusable; a new element in its slot does not have it', () => {
    const log: string[] = [];
    const mode = signal('shown');
    const [first, second] = [createRef(), createRef()];
    using app = createTestApp(() => box({}, () => {
      onKey('k', () => void log.push('app'));
      show(
        () => mode.value !== 'gone',
        () => {
          box({
            ref: first,
            focusable: () => mode.value !== 'disabled',
            visible: () => mode.value !== 'hidden',
            onKey: () => {
              log.push('element');
              return true;
            },
          });
        },
        () => box({ ref: second, focusable: true }),
      );
    }));
    for (const way of ['hidden', 'disabled', 'gone']) {
      mode.value = 'shown';
      app.flush();
      first.focus();
      app.press('k');
      assert.deepEqual(log.splice(0), ['element'], way);
      mode.value = way;
      app.flush();
      app.press('k');
      assert.deepEqual(log.splice(0), ['app'], way);
    }
    assert.equal(first.isFocused, false);
    for (let i = 0; i < 50; i++) {
      mode.value = i % 2 === 0 ? 'shown' : 'gone';
      app.flush();
      assert.equal(second.isFocused, false);
    }
  });

  test('a blur handler that moves focus on wins', () => {
    const log: string[] = [];
    const refs = { a: createRef(), b: createRef(), c: createRef() };
    using app = createTestApp(() => {
      for (const id of ['a', 'b', 'c'] as const) {
        box({
          ref: refs[id],
          focusable: true,
          onFocus: () => void log.push(`focus ${id}`),
          onBlur: () => (id === 'a' ? refs.c.focus() : undefined),
        });
      }
    });
    app.press('Tab', 'Tab');
    assert.deepEqual(log, ['focus a', 'focus c']);
    assert.equal(refs.c.isFocused, true);
  });
});

describe('mouse', () => {
  test('bubbles from the element under it with local coordinates, and obeys z and clipping', () => {
    const log: string[] = [];
    const on = (id: string) => (event: { localX: number; localY: number }): void => void log.push(`${id} ${event.localX},${event.localY}`);
    const z = signal(0);
    using app = createTestApp(
      () => {
        box({ position: 'absolute', left: 2, top: 1, width: 6, height: 4, onMouseDown: on('outer') }, () => {
          box({ marginLeft: 1, width: 9, height: 2, onMouseDown: on('inner') });
        });
        box({ position: 'absolute', left: 6, top: 1, width: 4, height: 1, zIndex: z, onMouseDown: on('over') });
        box({ position: 'absolute', left: 0, top: 6, width: 2, height: 1, overflow: 'hidden', onMouseDown: on('clip') }, () => {
          box({ width: 5, height: 1, shrink: 0, onMouseDown: on('clipped') });
        });
      },
      { width: 16, height: 8 },
    );
    app.mouse.down(4, 2);
    assert.deepEqual(log.splice(0), ['inner 1,1', 'outer 2,1']);
    app.mouse.down(7, 1);
    assert.deepEqual(log.splice(0), ['over 1,0']);
    app.mouse.down(10, 1);
    assert.deepEqual(log.splice(0), ['inner 7,0', 'outer 8,0']);
    z.value = -1;
    app.flush();
    app.mouse.down(7, 1);
    assert.deepEqual(log.splice(0), ['inner 4,0', 'outer 5,0']);
    app.mouse.down(1, 6);
    assert.deepEqual(log.splice(0), ['clipped 1,0', 'clip 1,0']);
    app.mouse.down(3, 6);
    assert.deepEqual(log, []);
  });

  test('a click is down and up on the same element, or their nearest common ancestor', () => {
    const log: string[] = [];
    using app = createTestApp(
      () => {
        box({ onClick: () => void log.push('parent') }, () => {
          box({ height: 1, onClick: () => void log.push('a') });
          box({ height: 1, onClick: () => void log.push('b') });
        });
        box({ height: 1, onClick: () => void log.push('c') });
      },
      { width: 4, height: 4 },
    );
    app.mouse.click(0, 0);
    assert.deepEqual(log.splice(0), ['a', 'parent']);
    app.mouse.down(0, 0);
    app.mouse.up(0, 1);
    assert.deepEqual(log.splice(0), ['parent']);
    app.mouse.down(0, 0);
    app.mouse.up(0, 2);
    app.mouse.up(0, 2);
    assert.deepEqual(log, []);
  });

  test('enter and leave do not bubble, and moving between children does not leave the parent', () => {
    const log: string[] = [];
    const hover = (id: string): object => ({ onMouseEnter: () => void log.push(`+${id}`), onMouseLeave: () => void log.push(`-${id}`) });
    using app = createTestApp(
      () => {
        box({ ...hover('parent') }, () => {
          box({ height: 1, ...hover('a') });
          box({ height: 1, ...hover('b') });
        });
        box({ position: 'absolute', left: 2, top: 0, width: 1, height: 2, zIndex: 1, ...hover('over') });
      },
      { width: 4, height: 3 },
    );
    app.mouse.move(0, 0);
    app.mouse.move(1, 0);
    app.mouse.move(0, 1);
    app.mouse.move(2, 1);
    app.mouse.move(0, 2);
    assert.deepEqual(log, ['+parent', '+a', '-a', '+b', '-b', '-parent', '+over', '-over']);
  });

  test('the wheel reaches ancestors of what is under it', () => {
    const log: number[] = [];
    using app = createTestApp(() => box({ height: 2, onWheel: (event) => void log.push(event.deltaY) }, () => text({ content: 'x' })));
    app.mouse.wheel(0, 0, 2);
    app.mouse.wheel(0, 0, -1);
    assert.deepEqual(log, [1, 1, -1]);
  });

  test("pointerEvents 'none' lets it through, with everything inside", () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      box({ position: 'absolute', width: 5, height: 1, onMouseDown: () => void log.push('behind') });
      box({ position: 'absolute', width: 5, height: 1, pointerEvents: 'none', onMouseDown: () => void log.push('overlay') }, () => text({ content: 'label' }));
    });
    app.mouse.down(1, 0);
    assert.deepEqual(log, ['behind']);
  });

  test('what a handler removed gets no further events, nor does the element made in its slot', () => {
    const log: string[] = [];
    const on = signal(true);
    let end: () => void = () => undefined;
    using app = createTestApp(
      () => {
        show(
          on,
          () => {
            end = box({
              height: 1,
              onMouseUp: () => {
                log.push('up');
                end();
              },
              onClick: () => void log.push('click'),
            });
          },
          () => box({ height: 1, onClick: () => void log.push('new click'), onMouseEnter: () => void log.push('new enter') }),
        );
      },
      { width: 4, height: 1 },
    );
    app.mouse.click(0, 0);
    assert.deepEqual(log.splice(0), ['up']);
    app.mouse.click(0, 0);
    assert.deepEqual(log.splice(0), [], 'the cell of a removed element belongs to nobody');
    on.value = false;
    app.flush();
    app.mouse.up(0, 0);
    assert.deepEqual(log, ['new enter']);
  });

  test('handlers may end the app in the middle of any event', () => {
    for (const name of ['onMouseDown', 'onMouseUp', 'onClick', 'onMouseEnter', 'onMouseLeave', 'onMouseMove', 'onWheel', 'onKey', 'onFocus', 'onBlur', 'onPaste'] as const) {
      let count = 0;
      const app = createTestApp(() => {
        const end = (): void => {
          count++;
          app.unmount();
        };
        box({ focusable: true, height: 2, [name]: end }, () => box({ height: 1 }));
        box({ focusable: true, height: 2 });
      });
      app.mouse.move(0, 0);
      app.mouse.click(0, 0);
      app.mouse.wheel(0, 0);
      app.mouse.move(0, 3);
      app.send('a\x1b');
      app.paste('text');
      app.press('Tab', 'Tab');
      assert.equal(count, 1, name);
      assert.equal(app.exited, true, name);
      assert.deepEqual([app.stats().nodes, app.stats().timers, app.stats().handlers], [0, 0, 0], name);
    }
  });
});

describe('paste', () => {
  test('is one event to the focused element, with line ends as \\n and no control characters', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      onKey(() => void log.push('key'));
      box({ onPaste: (event) => void log.push(event.text) });
    });
    app.paste('one\r\ntwo\rthree\x1b[31m\ttab');
    assert.deepEqual(log, ['one\ntwo\nthree\ufffd[31m\ttab']);
  });

  test('split over reads it is still one', () => {
    const log: string[] = [];
    using app = createTestApp(() => box({ onPaste: (event) => void log.push(event.text) }));
    for (const part of ['\x1b[20', '0~he', 'llo\x1b', '[201', '~']) app.send(part);
    assert.deepEqual(log, ['hello']);
    assert.equal(app.stats().timers, 0);
  });
});
