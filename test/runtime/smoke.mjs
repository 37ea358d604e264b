/**
 * Run by scripts/check-runtimes.ts on every supported runtime, in a folder where the packed package
 * was installed as a user installs it. Uses nothing but the public doors; prints `smoke: ok`.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('./node_modules/spark-tui/package.json', import.meta.url), 'utf8'));
const doors = {};
for (const door of Object.keys(manifest.exports)) {
  if (door === './package.json') continue;
  doors[door] = await import(`spark-tui${door.slice(1)}`);
  assert.ok(Object.keys(doors[door]).length > 0, `the door ${door} exports nothing`);
}

signals(doors['./signals']);
if ('./text' in doors) texts(doors['./text']);
if ('./testing' in doors) await app(doors['.'], doors['./signals'], doors['./testing']);
console.log(`smoke: ok, doors ${Object.keys(doors).join(' ')}`);

function signals({ signal, derived, effect, batch, flushSync }) {
  const count = signal(1);
  const double = derived(() => count.value * 2);
  const seen = [];
  const stop = effect(() => {
    seen.push(double.value);
  });
  flushSync();
  batch(() => {
    count.value = 2;
    count.value = 3;
  });
  flushSync();
  stop();
  count.value = 4;
  flushSync();
  assert.deepEqual(seen, [2, 6], 'an effect runs once a flush, and no more once stopped');
  assert.equal(double.value, 8);
}

function texts({ stringWidth }) {
  assert.equal(stringWidth('abc'), 3);
  assert.equal(stringWidth('日本'), 4);
  assert.equal(stringWidth('👨‍👩‍👧'), 2);
}

async function app({ box, text }, { signal }, { createTestApp }) {
  const count = signal(0);
  const tested = await createTestApp(
    () => {
      box({
        children: () => {
          text({ content: () => `count ${count.value}` });
        },
      });
    },
    { width: 20, height: 3 },
  );
  assert.match(tested.text(), /count 0/);
  assert.ok(tested.bytes().length > 0, 'the first frame is written');
  count.value = 1;
  assert.match(tested.text(), /count 1/);
  const changed = tested.bytes().length;
  assert.ok(changed > 0 && changed <= 12, `a changed digit writes few bytes, not ${changed}`);
  tested.flush();
  assert.equal(tested.bytes().length, 0, 'an unchanged screen writes none');
  await tested.unmount();
}
