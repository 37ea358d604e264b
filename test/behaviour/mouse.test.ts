/** The mouse beyond one press: capture phase, counts, drags, capture, releases outside, the wheel. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DragEvent, MouseEvent } from '../../packages/spark-tui/src/events/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, createRef, onGlobalClick, onGlobalMouse, onGlobalMove, onGlobalScroll, show, text } from '../../packages/spark-tui/src/ui/index.ts';

/** Sends an SGR report: button code, cell, press or release. */
const report = (app: TestApp, code: number, x: number, y: number, up = false): void => app.send(`\x1b[<${code};${x + 1};${y + 1}${up ? 'm' : 'M'}`);
/** A move with the left button held. */
const dragTo = (app: TestApp, x: number, y: number): void => report(app, 32, x, y);

describe('the way of a mouse event', () => {
  test('goes down, to the target and up; targets and phases are told', () => {
    const log: string[] = [];
    const on = (name: string) => (event: MouseEvent): void => void log.push(`${name} ${event.phase} ${event.target?.id} ${event.currentTarget?.id}`);
    using app = createTestApp(
      () => {
        box({ id: 'a', onMouseDownCapture: on('A'), onMouseDown: on('a') }, () => {
          box({ id: 'b', onMouseDownCapture: on('B'), onMouseDown: on('b') }, () => {
            box({ id: 'c', height: 1, onMouseDownCapture: on('C'), onMouseDown: on('c') });
          });
        });
      },
      { width: 2, height: 1 },
    );
    app.mouse.down(0, 0);
    assert.deepEqual(log, ['A capture c a', 'B capture c b', 'C target c c', 'c target c c', 'b bubble c b', 'a bubble c a']);
  });

  test('stopping on the way down keeps it from the target and from the app', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      onGlobalMouse((event) => void log.push(`app ${event.type}`));
      box({ onMouseDownCapture: (event) => event.stopPropagation() }, () => box({ height: 1, onMouseDown: () => void log.push('down') }));
    });
    app.mouse.down(0, 0);
    app.mouse.up(0, 0);
    assert.deepEqual(log, ['app up', 'app click']);
  });

  test('an element is one object to all events and its ref, and knows what is in it', () => {
    const ref = createRef();
    const seen: boolean[] = [];
    using app = createTestApp(() => {
      box({ ref, onMouseDown: (event) => seen.push(event.currentTarget === ref.current, ref.contains(event.target), event.target?.contains(ref.current) === true) }, () => box({ height: 1 }));
    });
    app.mouse.down(0, 0);
    app.mouse.down(0, 0);
    assert.deepEqual(seen, [true, true, false, true, true, false]);
    app.unmount();
    assert.equal(ref.current, null);
  });
});

describe('clicks', () => {
  test('count presses within 400 ms and one cell: 1, 2, 3 and 1 again', () => {
    const counts: number[] = [];
    using app = createTestApp(() => box({ height: 3, onClick: (event) => void counts.push(event.count) }), { width: 9, height: 3 });
    app.mouse.click(1, 1);
    app.clock.tick(400);
    app.mouse.click(2, 1);
    app.mouse.click(2, 2);
    app.mouse.click(2, 2);
    assert.deepEqual(counts.splice(0), [1, 2, 3, 1]);
    app.clock.tick(401);
    app.mouse.click(2, 2);
    app.mouse.click(4, 2);
    report(app, 2, 4, 2);
    report(app, 2, 4, 2, true);
    app.mouse.click(4, 2);
    assert.deepEqual(counts, [1, 1, 1]);
  });

  test('of other buttons reach handlers of the app only, as onMouseDown tells all buttons', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      onGlobalClick((event) => void log.push(`app ${event.button}`));
      box({ height: 1, onClick: () => void log.push('click'), onMouseDown: (event) => void log.push(`down ${event.button} ${event.buttons}`) });
    });
    report(app, 2, 0, 0);
    report(app, 2, 0, 0, true);
    assert.deepEqual(log, ['down right 2', 'app right']);
  });
});

describe('a release elsewhere', () => {
  test('reaches the pressed element too, with outside set, and ancestors of both once', () => {
    const log: string[] = [];
    const on = (name: string) => (event: MouseEvent): void => void log.push(`${name}${event.outside ? ' outside' : ''}`);
    using app = createTestApp(
      () => {
        box({ onMouseUp: on('parent') }, () => {
          box({ height: 1, onMouseUp: on('a') });
          box({ height: 1, onMouseUp: on('b') });
        });
        box({ height: 1 });
      },
      { width: 4, height: 4 },
    );
    app.mouse.down(0, 0);
    app.mouse.up(0, 1);
    assert.deepEqual(log.splice(0), ['a outside', 'b', 'parent']);
    app.mouse.down(0, 0);
    app.mouse.up(0, 3);
    assert.deepEqual(log, ['a outside', 'parent outside']);
  });
});

describe('drags', () => {
  const told = (log: string[]) => (event: DragEvent): void =>
    void log.push(`${event.stage} ${event.x},${event.y} by ${event.deltaX},${event.deltaY} of ${event.totalX},${event.totalY}${event.cancelled ? ' cancelled' : ''}`);

  test('start with the first move to another cell and belong to the pressed element until the release', () => {
    const log: string[] = [];
    using app = createTestApp(
      () => {
        box({ height: 1, onDrag: told(log), onClick: () => void log.push('click') }, () => text({ content: 'handle' }));
        box({ height: 1, onMouseMove: () => void log.push('other move'), onMouseEnter: () => void log.push('other enter') });
      },
      { width: 10, height: 3 },
    );
    app.mouse.down(1, 0);
    dragTo(app, 1, 0);
    dragTo(app, 3, 0);
    dragTo(app, 4, 2);
    report(app, 0, 0, 0, true);
    assert.deepEqual(log.splice(0), ['start 3,0 by 2,0 of 2,0', 'move 3,0 by 2,0 of 2,0', 'move 4,2 by 1,2 of 3,2', 'end 0,0 by -4,-2 of -1,0']);
    app.mouse.click(1, 0);
    app.mouse.move(0, 1);
    assert.deepEqual(log, ['click', 'other enter', 'other move']);
  });

  test('are called off by preventing their start; a lost release or a lost terminal cancels them', () => {
    const log: string[] = [];
    const veto = signal(true);
    using app = createTestApp(() => {
      box({ height: 2, onDrag: (event) => (event.stage === 'start' && veto.value ? event.preventDefault() : told(log)(event)) });
    });
    app.mouse.down(0, 0);
    dragTo(app, 1, 0);
    dragTo(app, 2, 0);
    app.mouse.up(2, 0);
    assert.deepEqual(log, []);
    veto.value = false;
    app.mouse.down(0, 0);
    dragTo(app, 1, 0);
    app.mouse.move(5, 5);
    assert.equal(log.at(-1), 'end 5,5 by 4,5 of 5,5 cancelled');
    app.mouse.down(0, 0);
    dragTo(app, 1, 0);
    app.send('\x1b[O');
    assert.equal(log.at(-1), 'end 1,0 by 0,0 of 1,0 cancelled');
  });

  test('end silently with their element; what comes in its slot gets nothing', () => {
    const log: string[] = [];
    const on = signal(true);
    using app = createTestApp(() => {
      show(on, () => box({ height: 1, onDrag: told(log) }), () => box({ height: 1, onDrag: () => void log.push('new') }));
    });
    app.mouse.down(0, 0);
    dragTo(app, 1, 0);
    on.value = false;
    app.flush();
    log.length = 0;
    dragTo(app, 2, 0);
    app.mouse.up(2, 0);
    assert.deepEqual(log, []);
  });
});

describe('capture', () => {
  test('sends all moves and the release to one element, and ends with the release or when asked', () => {
    const log: string[] = [];
    using app = createTestApp(
      () => {
        box({
          height: 1,
          onMouseDown: (event) => event.capture(),
          onMouseMove: (event) => {
            log.push(`move ${event.x},${event.y}`);
            if (event.x === 9) event.releaseCapture();
          },
          onMouseUp: () => void log.push('up'),
        });
        box({ height: 1, onMouseMove: () => void log.push('other'), onMouseUp: () => void log.push('other up') });
      },
      { width: 12, height: 2 },
    );
    app.mouse.down(0, 0);
    dragTo(app, 3, 1);
    app.mouse.up(3, 1);
    app.mouse.move(3, 1);
    app.mouse.down(0, 0);
    dragTo(app, 9, 1);
    dragTo(app, 8, 1);
    assert.deepEqual(log, ['move 3,1', 'up', 'other', 'move 9,1', 'other']);
  });
});

describe('floods', () => {
  test('moves over one element cost no path and no memory: handlers and signals see each', () => {
    let moves = 0;
    let turns = 0;
    using app = createTestApp(() => {
      onGlobalMove(() => void moves++);
      onGlobalScroll((event) => void (turns += event.deltaY + 10 * event.deltaX));
      box({ height: 2 });
    });
    for (let i = 0; i < 50; i++) app.mouse.move(i % 7, i % 2);
    app.mouse.wheel(0, 0, 2);
    report(app, 67, 0, 0);
    assert.deepEqual([moves, turns], [50, 12]);
  });
});

describe('a still mouse', () => {
  test('leaves and enters what the layout moves under it, in the next frame', () => {
    const log: string[] = [];
    const above = signal(false);
    const watched = (id: string): void => {
      box({ id, height: 1, shrink: 0, onMouseEnter: () => void log.push(`+${id}`), onMouseLeave: () => void log.push(`-${id}`) });
    };
    using app = createTestApp(() => {
      show(
        () => above.value,
        () => watched('new'),
      );
      watched('a');
      watched('b');
    });
    app.mouse.move(3, 1);
    assert.deepEqual(log.splice(0), ['+b']);
    above.value = true;
    app.flush();
    assert.deepEqual(log.splice(0), ['-b', '+a']);
    above.value = false;
    app.flush();
    assert.deepEqual(log.splice(0), ['-a', '+b']);
    const { frames } = app.stats();
    app.flush();
    assert.equal(app.stats().frames, frames, 'and asks for no frame by itself');
  });

  test('on an element that flees from it comes to rest', () => {
    let turns = 0;
    const pushed = signal(0);
    using app = createTestApp(() => {
      box({ height: pushed, shrink: 0 });
      box({
        height: 1,
        shrink: 0,
        onMouseEnter: () => {
          turns++;
          pushed.value = 1;
        },
        onMouseLeave: () => {
          pushed.value = 0;
        },
      });
    });
    app.mouse.move(0, 0);
    for (let i = 0; i < 100; i++) app.clock.tick(16);
    assert.ok(turns > 0 && turns < 8, `${turns} turns`);
    assert.equal(app.stats().timers, 0);
  });
});
