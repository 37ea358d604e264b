// The program of the exit matrix (test/pty/exit-matrix.ts) on OpenTUI, which needs Bun: `g` ends it in the way its argument names.
import { createCliRenderer, TextRenderable } from '@opentui/core';

const how = process.argv[2];
console.log(`PID ${process.pid}`);
const fail = (where) => {
  throw new Error(`thrown in ${where} on purpose`);
};

const renderer = await createCliRenderer({ exitOnCtrlC: true });
setInterval(() => undefined, 1000).unref();
const text = new TextRenderable(renderer, { id: 'text', content: `READY ${how}` });
renderer.root.add(text);
const ways = {
  return: () => renderer.destroy(),
  exit: () => process.exit(3),
  throw: () => setTimeout(() => fail('a timer'), 1),
  reject: () => void Promise.reject(new Error('thrown in a promise on purpose')),
  handler: () => fail('a handler'),
  effect: () => renderer.setFrameCallback(async () => fail('an effect')),
  layout: () => {
    text.onSizeChange = () => fail('a layout callback');
    text.content = 'another size';
  },
  disposer: () => {
    text.on('destroyed', () => fail('a disposer'));
    text.destroy();
  },
  'last-disposer': () => {
    renderer.on('destroy', () => fail('the last disposer'));
    renderer.destroy();
  },
  hang: () => {
    for (;;) continue;
  },
  recursion: () => {
    const again = () => again();
    again();
  },
  abort: () => process.abort(),
  busy: () => {
    for (const end = Date.now() + 700; Date.now() < end; ) continue;
  },
};
if (how === 'print') setTimeout(() => renderer.destroy(), 100);
renderer.keyInput.on('keypress', (key) => {
  if (key.name === 'g') ways[how]?.();
});
