/** What is soaked: the examples that live long, and the benchmarks' loads. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Random } from '../fuzz/monkey-input.ts';
import { ordinary, type SoakOptions } from './pty-soak.ts';

const build = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Text that comes and goes: what only grew would be a leak of the typist. */
function typing(random: Random): string {
  return ['a', 'é', '漢', '\t', '\x1b[Z', '\x1b[D', '\x1b[F\x7f\x7f', '\x1b[F\x7f\x7f', '\x7f\x7f'][random(9)]!;
}

/** All programs, each for `minutes`. */
export function programs(minutes: number): SoakOptions[] {
  return [
    { name: 'dashboard', file: join(build, 'examples', 'dashboard', 'main.js'), minutes, type: ordinary(['c', 'm', 'p', '\x1b[A', '\x1b[B', '\x1b[6~', '\t']), resizes: true },
    { name: 'hello', file: join(build, 'examples', 'hello.js'), minutes, type: null, resizes: true },
    { name: 'counter', file: join(build, 'examples', 'counter.js'), minutes, type: ordinary(['+', '\x1b[A']), resizes: true },
    { name: 'form', file: join(build, 'examples', 'form.js'), minutes, type: typing, resizes: true },
    { name: 'dashboard-at-full-speed', file: join(build, 'test', 'soak', 'dashboard-program.js'), minutes, type: null, resizes: false },
    { name: 'loads', file: join(build, 'test', 'soak', 'load-program.js'), minutes, type: null, resizes: false },
  ];
}
