// The program of the exit matrix (test/pty/exit-matrix.ts) on Ink: `g` ends it in the way its argument names.
import { createElement as h, useEffect, useLayoutEffect, useState } from 'react';
import { Box, render, Text, useApp, useInput } from 'ink';

const how = process.argv[2];
console.log(`PID ${process.pid}`);
const fail = (where) => {
  throw new Error(`thrown in ${where} on purpose`);
};

function Child() {
  useEffect(() => () => {
    if (how === 'disposer' || how === 'last-disposer') fail(how === 'disposer' ? 'a disposer' : 'the last disposer');
  }, []);
  return h(Text, null, 'child');
}

function App() {
  const { exit } = useApp();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (how === 'print') exit();
  }, []);
  useEffect(() => {
    const timer = setInterval(() => undefined, 1000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (broken && how === 'effect') fail('an effect');
  }, [broken]);
  useLayoutEffect(() => {
    if (broken && how === 'layout') fail('a layout callback');
  }, [broken]);
  useInput((input) => {
    if (input !== 'g') return;
    if (how === 'return' || how === 'last-disposer') exit();
    if (how === 'exit') process.exit(3);
    if (how === 'throw') setTimeout(() => fail('a timer'), 1);
    if (how === 'reject') void Promise.reject(new Error('thrown in a promise on purpose'));
    if (how === 'handler') fail('a handler');
    if (how === 'effect' || how === 'layout' || how === 'disposer') setBroken(true);
    if (how === 'recursion') for (const again = () => again(); ; ) again();
    if (how === 'abort') process.abort();
    if (how === 'busy') for (const end = Date.now() + 700; Date.now() < end; ) continue;
    if (how === 'hang') for (;;) continue;
    if (how === 'oom') for (const kept = []; ; ) kept.push(new Array(1000).fill(kept.length));
  });
  return h(Box, { borderStyle: 'single', flexDirection: 'column', width: 30 }, h(Text, null, `READY ${how}`), broken && how === 'disposer' ? null : h(Child));
}

const app = render(h(App), { alternateScreen: true, kittyKeyboard: { mode: 'auto' } });
await app.waitUntilExit();
console.log('AFTER');
