// `expectNoLeak` in vitest, jest and bun test: `test` and `expect` are the runner's own.
/* global test, expect, vi, jest */
import { box, onKey, show, signal, text } from 'spark-tui';
import { createTestApp, expectNoLeak, LeakError } from 'spark-tui/testing';

test('what comes and goes leaves nothing', async () => {
  const shown = signal(false);
  const app = createTestApp(() => {
    show(shown, () => box({ onClick: () => undefined }, () => text({ content: () => `shown ${shown.value}` })));
  });
  await expectNoLeak(() => {
    shown.value = true;
    app.flush();
    shown.value = false;
    app.flush();
  }, 50);
  app.unmount();
  await expectNoLeak(() => createTestApp(() => text({ content: 'another app' })).unmount(), 20);
});

test('what is kept is found', async () => {
  const app = createTestApp(() => onKey('x', () => undefined));
  const kept = [];
  await expect(expectNoLeak(() => void kept.push(createTestApp(() => text({ content: 'kept' }))), 3)).rejects.toThrow(LeakError);
  for (const other of kept) other.unmount();
  app.unmount();
});

test('listeners on the process are found', async () => {
  const listeners = [];
  const add = () => {
    const listener = () => undefined;
    listeners.push(listener);
    process.on('SIGUSR2', listener);
  };
  await expect(expectNoLeak(add, 2)).rejects.toThrow(/listeners/);
  for (const listener of listeners) process.off('SIGUSR2', listener);
});

test('fake timers hold nothing up', async () => {
  const fake = import.meta.jest ?? (typeof vi === 'undefined' ? jest : vi);
  const kept = [];
  fake.useFakeTimers();
  try {
    await expectNoLeak(() => createTestApp(() => text({ content: 'another app' })).unmount(), 3);
    await expect(expectNoLeak(() => void kept.push(createTestApp(() => text({ content: 'kept' }))), 1)).rejects.toThrow(LeakError);
  } finally {
    fake.useRealTimers();
  }
  for (const other of kept) other.unmount();
});
