/** Handlers of the whole app, its signals of keys and mouse, predicates and constants. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as spark from '../../packages/spark-tui/src/events/index.ts';
import { PhaseError } from '../../packages/spark-tui/src/base/index.ts';
import { derived, effect } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import {
  box,
  createRef,
  inputSignals,
  isMouseDown,
  lastEvent,
  lastKey,
  lastMouseEvent,
  modifiers,
  mousePosition,
  mouseX,
  mouseY,
  on,
  onComponent,
  onFocused,
  onGlobalClick,
  onKey,
  onPaste,
  show,
  terminalFocused,
  text,
} from '../../packages/spark-tui/src/ui/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';

describe('signals of the app', () => {
  test('are live in getters of props, effects, deriveds and handlers', () => {
    const seen: string[] = [];
    using app = createTestApp(
      () => {
        const place = derived(() => `${mousePosition.value.x}:${mousePosition.value.y}`);
        text({ content: () => `${lastKey.value} ${modifiers.value.ctrl ? 'C' : ''}${modifiers.value.shift ? 'S' : ''} ${mouseX.value},${mouseY.value} ${place.value} ${isMouseDown.value}` });
        effect(() => {
          seen.push(`${lastEvent.value?.type ?? '-'} ${lastMouseEvent.value?.type ?? '-'}`);
        });
        onKey(() => void seen.push(`handler ${lastKey.value}`));
      },
      { width: 40, height: 1 },
    );
    assert.equal(app.text(), '  0,0 0:0 false');
    app.press('shift+ArrowUp');
    app.mouse.down(3, 0);
    assert.equal(app.text(), 'ArrowUp S 3,0 3:0 true');
    app.mouse.up(3, 0);
    assert.equal(app.text(), 'ArrowUp S 3,0 3:0 false');
    assert.deepEqual(seen, ['- -', 'handler ArrowUp', 'press -', 'press down', 'press click']);
  });

  test('belong to the app that reads them; outside of any they say so, and inputSignals() works anywhere', () => {
    let kept: ReturnType<typeof inputSignals> | undefined;
    using one = createTestApp(() => {
      kept = inputSignals();
      text({ content: () => lastKey.value });
    });
    using two = createTestApp(() => text({ content: () => lastKey.value }));
    one.press('a');
    two.press('b');
    assert.deepEqual([one.text().trim(), two.text().trim(), kept?.lastKey.value], ['a', 'b', 'a']);
    assert.throws(() => lastKey.value, PhaseError);
  });

  test('terminalFocused follows the reports of the terminal', () => {
    using app = createTestApp(() => text({ content: () => String(terminalFocused.value) }));
    app.send('\x1b[O');
    assert.equal(app.text().trim(), 'false');
    app.send('\x1b[I');
    assert.equal(app.text().trim(), 'true');
  });
});

describe('handlers of the app', () => {
  test('on sees presses, repeats and releases; onKey and elements no releases, onKeyUp only those', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      on((event) => void log.push(`on ${event.type}`));
      onKey((event) => void log.push(`onKey ${event.type}`));
      onKey('a', (event) => void log.push(`a ${event.type}`));
      box({ onKey: (event) => void log.push(`box ${event.type}`), onKeyUp: (event) => void log.push(`up ${event.type}`) });
    });
    app.send('\x1b[97;1:1u');
    assert.deepEqual(log.splice(0), ['box press', 'onKey press', 'a press', 'on press']);
    app.send('\x1b[97;1:2u');
    assert.deepEqual(log.splice(0), ['box repeat', 'onKey repeat', 'a repeat', 'on repeat']);
    app.send('\x1b[97;1:3u');
    assert.deepEqual(log, ['up release', 'on release']);
  });

  test('onFocused and onComponent listen to an element from outside, before it is made, and end with it or their owner', () => {
    const log: string[] = [];
    const ref = createRef();
    const [shown, listening] = [signal(true), signal(true)];
    using app = createTestApp(() => {
      show(listening, () => {
        onFocused(ref, (event) => void log.push(`key ${event.key}`));
        onComponent(ref, { onMouseDown: () => void log.push('outside down') });
      });
      show(shown, () => box({ ref, focusable: true, height: 1, onMouseDown: () => void log.push('own down') }));
    });
    app.flush();
    app.press('x');
    app.mouse.down(0, 0);
    app.press('y');
    assert.deepEqual(log.splice(0), ['own down', 'outside down', 'key y']);
    shown.value = false;
    app.flush();
    shown.value = true;
    app.flush();
    app.mouse.down(0, 0);
    assert.deepEqual(log.splice(0), ['own down', 'outside down']);
    listening.value = false;
    app.flush();
    app.mouse.down(0, 0);
    assert.deepEqual(log, ['own down']);
  });

  test('onPaste and onGlobalClick see what no element consumed', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      onPaste((event) => void log.push(event.text));
      onGlobalClick((event) => void log.push(`${event.target?.id ?? '-'}`));
      box({ id: 'a', height: 1 });
      box({ id: 'b', height: 1, onClick: () => true, onPaste: (event) => event.text === 'mine' });
    });
    app.paste('mine');
    app.paste('yours');
    app.mouse.click(0, 0);
    app.mouse.click(0, 1);
    app.mouse.click(0, 5);
    assert.deepEqual(log, ['yours', 'a', '-']);
  });
});

describe('predicates and constants', () => {
  /** Presses keys and gives what `read` says of each. */
  function read<T>(keys: readonly string[], ask: (event: spark.KeyEvent) => T): T[] {
    const answers: T[] = [];
    using app = createTestApp(() => on((event) => void answers.push(ask(event))));
    for (const key of keys) {
      if (key.startsWith('\x1b')) app.send(key);
      else app.press(key);
    }
    return answers;
  }

  test('names and characters', () => {
    assert.deepEqual(read(['a', 'A', 'é', 'Enter', ' ', 'ArrowUp', 'ctrl+a'], (event) => `${spark.getKeyName(event)}|${spark.getChar(event) ?? ''}`), [
      'a|a',
      'A|A',
      'é|é',
      'Enter|',
      'Space| ',
      'ArrowUp|',
      'a|',
    ]);
    const is = (event: spark.KeyEvent): string =>
      Object.entries({
        enter: spark.isEnter,
        space: spark.isSpace,
        escape: spark.isEscape,
        tab: spark.isTab,
        backspace: spark.isBackspace,
        delete: spark.isDelete,
        arrow: spark.isArrowKey,
        up: spark.isArrowUp,
        down: spark.isArrowDown,
        left: spark.isArrowLeft,
        right: spark.isArrowRight,
        function: spark.isFunctionKey,
        char: spark.isChar,
      })
        .filter(([, ask]) => ask(event))
        .map(([name]) => name)
        .join(' ');
    assert.deepEqual(read(['Enter', ' ', 'Escape', 'Tab', 'Backspace', 'Delete', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'F5', 'x'], is), [
      ...['enter', 'space char', 'escape', 'tab', 'backspace', 'delete', 'arrow up', 'arrow down', 'arrow left', 'arrow right', 'function', 'char'],
    ]);
  });

  test('modifiers and states', () => {
    const held = (event: spark.KeyEvent): string => `${spark.hasCtrl(event) ? 'C' : ''}${spark.hasAlt(event) ? 'A' : ''}${spark.hasShift(event) ? 'S' : ''}${spark.hasMeta(event) ? 'M' : ''} ${event.modifiers}`;
    assert.deepEqual(read(['ctrl+a', 'alt+a', 'A', '\x1b[97;9u'], held), [
      `C ${spark.MODIFIER_CTRL}`,
      `A ${spark.MODIFIER_ALT}`,
      `S ${spark.MODIFIER_SHIFT}`,
      `M ${spark.MODIFIER_META}`,
    ]);
    const state = (event: spark.KeyEvent): unknown => [spark.isKeyPress(event), spark.isKeyRepeat(event), spark.isKeyRelease(event), event.keyState];
    assert.deepEqual(read(['a', '\x1b[97;1:2u', '\x1b[97;1:3u'], state), [
      [true, false, false, spark.KEY_STATE_PRESS],
      [false, true, false, spark.KEY_STATE_REPEAT],
      [false, false, true, spark.KEY_STATE_RELEASE],
    ]);
    assert.deepEqual(read(['\x1b[97;193u'], ({ capsLock, numLock }) => [capsLock, numLock]), [[true, true]]);
  });

  test('key codes are the constants, code is the place on a keyboard', () => {
    const names = ['ArrowUp', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'Home', 'End', 'Enter', 'Escape', 'Tab', 'Backspace', ' ', 'F1', 'F12', 'PageUp', 'PageDown', 'Insert', 'a', 'A'];
    assert.deepEqual(
      read(names, (event) => event.keycode),
      [
        ...[spark.KEY_UP, spark.KEY_DOWN, spark.KEY_RIGHT, spark.KEY_LEFT, spark.KEY_HOME, spark.KEY_END, spark.KEY_ENTER, spark.KEY_ESCAPE, spark.KEY_TAB],
        ...[spark.KEY_BACKSPACE, spark.KEY_SPACE, spark.KEY_F1, spark.KEY_F12, spark.KEY_PAGE_UP, spark.KEY_PAGE_DOWN, spark.KEY_INSERT, 97, 65],
      ],
    );
    assert.deepEqual([spark.KEY_UP, spark.KEY_LEFT, spark.KEY_HOME, spark.KEY_END], [0x1b5b41, 0x1b5b44, 0x1b5b48, 0x1b5b46]);
    assert.deepEqual(read(['a', '5', '%', '/', 'Enter', 'ф', '\x1b[1092::97u'], (event) => event.code), ['KeyA', 'Digit5', 'Digit5', 'Slash', 'Enter', '', 'KeyA']);
  });

  test('matchesKey takes patterns in any case, and buttons and points have their questions', () => {
    assert.deepEqual(read(['ctrl+s', 's', 'S'], (event) => [spark.matchesKey(event, 'Ctrl+S'), spark.matchesKey(event, 'S')]), [
      [true, false],
      [false, false],
      [false, true],
    ]);
    const bounds = { x: 2, y: 1, width: 3, height: 2 };
    assert.deepEqual([spark.isPointInBounds(2, 1, bounds), spark.isPointInBounds(4, 2, bounds), spark.isPointInBounds(5, 2, bounds), spark.isPointInBounds(1, 1, bounds)], [true, true, false, false]);
    assert.deepEqual([spark.getButtonName('left'), spark.isLeftButton({ button: spark.MOUSE_BUTTON_LEFT }), spark.isRightButton('left'), spark.isMiddleButton('middle')], ['left', true, false, true]);
  });
});
