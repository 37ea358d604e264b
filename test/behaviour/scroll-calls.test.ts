/** Scrolling asked for by the program: what cannot be is told; an app may end in the middle of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp, type TestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, type BoxProps, createRef, type Ref, text } from '../../packages/spark-tui/src/ui/index.ts';

/** An app of one container of 10 × 5 cells with 20 rows. */
function one(props: BoxProps): { app: TestApp; ref: Ref } {
  const ref = createRef();
  const app = createTestApp(
    () =>
      box({ ref, width: 10, height: 5, overflow: 'auto', ...props }, () => {
        for (let i = 0; i < 20; i++) text({ content: `row ${i}` });
      }),
    { width: 10, height: 5 },
  );
  return { app, ref };
}

test('what is no place to scroll to is told, with the element', () => {
  const { app, ref } = one({ id: 'log' });
  assert.throws(() => ref.scrollTo({ y: NaN }), /box#log: scrollTo\(\) was given y NaN; expected a number of cells/);
  assert.throws(() => ref.scrollBy({ x: '2' as never }), /scrollBy\(\) was given x 2/);
  assert.throws(() => ref.scrollIntoView({ block: 'middle' as never }), /box#log: scrollIntoView\(\) was given block middle; expected 'nearest', 'start', 'center' or 'end'/);
  ref.scrollToEnd();
  app.flush();
  ref.scrollToStart();
  app.flush();
  assert.equal(ref.scrollTop, 0);
  app.unmount();
});

test('a handler of the wheel or of a key that ends the app ends the walk', () => {
  for (const input of ['\x1b[<65;1;1M', '\x1b[B'] as const) {
    const { app, ref } = one({ onWheel: () => app.unmount(), onKey: () => app.unmount(), autoFocus: true });
    app.send(input);
    assert.equal(ref.isMounted, false);
  }
});

test('a bar is drawn anew when the window changes by less than a cell', () => {
  const height = signal(2);
  using app = createTestApp(() => box({ overflow: 'scroll', height }, () => text({ content: 'one\ntwo' })), { width: 8, height: 2 });
  assert.equal(app.text(), 'one\ntwo');
  height.value = 1.5;
  assert.equal(app.text(), 'one    █\ntwo    ▄');
  height.value = 2;
  assert.equal(app.text(), 'one\ntwo');
});
