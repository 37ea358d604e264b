/** Grid, dock and sticky scrolling as props: reactive templates and placements, seen on the screen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OptionError } from '../../packages/spark-tui/src/base/index.ts';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import { box, type BoxProps, text } from '../../packages/spark-tui/src/ui/index.ts';

test('templates and placements are reactive', () => {
  const columns = signal<string | (string | number)[]>('4 1fr');
  const at = signal<number | string>(2);
  using app = createTestApp(
    () =>
      box({ display: 'grid', width: 12, gridTemplateColumns: columns, gridAutoRows: 1 }, () => {
        text({ content: 'A', gridColumnStart: at, gridRowStart: 1 });
        text({ content: 'B' });
        text({ content: 'C' });
      }),
    { width: 12, height: 3 },
  );
  assert.equal(app.text().trimEnd(), 'B   A\nC');
  at.value = 'span 2';
  assert.equal(app.text().trimEnd(), 'A\nB   C');
  columns.value = [6, 'repeat(2, 3)'];
  assert.equal(app.text().trimEnd(), 'A        B\nC');
});

test('areas name where children stand', () => {
  const areas = signal(['head head', 'nav main']);
  using app = createTestApp(
    () =>
      box({ display: 'grid', width: 10, gridTemplateColumns: '3 1fr', gridTemplateAreas: areas }, () => {
        text({ content: 'main', gridArea: 'main' });
        text({ content: 'nav', gridArea: 'nav' });
        text({ content: 'head', gridArea: 'head' });
      }),
    { width: 10, height: 2 },
  );
  assert.equal(app.text(), 'head\nnavmain');
  areas.value = ['nav main', 'head head'];
  assert.equal(app.text(), 'navmain\nhead');
});

test('a frame docks its bars around what scrolls and stays at its end', () => {
  const lines = signal(['one', 'two', 'three']);
  using app = createTestApp(
    () =>
      box({ width: 10, height: 4 }, () => {
        text({ content: 'title', dock: 'top' });
        text({ content: 'status', dock: 'bottom' });
        box({ height: '100%', overflow: 'scroll', stickyEnd: true, scrollbar: 'none' }, () => {
          text({ content: () => lines.value.join('\n'), shrink: 0 });
        });
      }),
    { width: 10, height: 4 },
  );
  assert.equal(app.text(), 'title\ntwo\nthree\nstatus');
  lines.value = [...lines.value, 'four'];
  assert.equal(app.text(), 'title\nthree\nfour\nstatus');
});

test('what is no grid is refused by element, prop and piece', () => {
  const wrong: readonly (readonly [BoxProps, RegExp])[] = [
    [{ gridTemplateColumns: '1fr banana' }, /gridTemplateColumns: .*'banana'/],
    [{ gridAutoRows: -1 }, /gridAutoRows: -1/],
    [{ gridColumnStart: 0 }, /gridColumnStart: 0 is no grid line/],
    [{ gridColumn: '1 / 2 / 3' }, /gridColumn is '1 \/ 2 \/ 3'/],
    [{ gridTemplateAreas: ['a b', 'b a'] }, /gridTemplateAreas: .*no rectangle/],
    [{ gridAutoFlow: 'diagonal' as never }, /gridAutoFlow is 'diagonal'/],
    [{ justifyItems: 'safe stretched' as never }, /justifyItems/],
    [{ aspectRatio: -2 }, /aspectRatio is -2/],
    [{ dock: 'middle' as never }, /dock is 'middle'/],
  ];
  for (const [props, message] of wrong) {
    const mount = (): unknown => createTestApp(() => box({ id: 'frame', ...props }, () => {}));
    assert.throws(mount, (error) => error instanceof OptionError && /frame/.test(error.message) && message.test(error.message), JSON.stringify(props));
  }
});
