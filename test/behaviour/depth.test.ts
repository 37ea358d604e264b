/** Depth is not a limit: elements nested 10,000 deep, made the way a user nests them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { box, text } from 'spark-tui';
import { createTestApp } from 'spark-tui/testing';

const DEPTH = 10_000;

test('10,000 boxes inside each other are made, laid out, painted, clicked through and disposed', () => {
  let clicks = 0;
  const nest = (left: number): void => {
    if (left === 0) {
      text({ content: 'deep' });
      return;
    }
    box(left === DEPTH ? { onClick: () => clicks++ } : {}, () => nest(left - 1));
  };
  const app = createTestApp(() => nest(DEPTH), { width: 10, height: 3 });
  assert.equal(app.text(), 'deep\n\n');
  assert.equal(app.stats().nodes, DEPTH + 1);
  app.mouse.click(0, 0);
  assert.equal(clicks, 1, 'a click at the bottom reaches the top');
  app.unmount();
  assert.equal(app.stats().nodes, 0);
  assert.equal(app.stats().scopes, 0);
});
