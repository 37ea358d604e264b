/**
 * The package as built, and once more with the code of statistics and watchdogs taken out: what remains is what a frame
 * cost without them. Every cut must be found, or there is nothing to compare.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Cut = readonly [pattern: RegExp, replacement: string];

const CUTS: Readonly<Record<string, readonly Cut[]>> = {
  'frame/frame-loop.js': [
    [/this\.chain\.(?:requested|begins|reset)\(\);/g, ''],
    [/const watched = [^;]+;/, 'const watched = false;'],
    [/if \(stats\.onBegin !== null[^;]+;/, ''],
    [/this\.stats\.lastFrameBytes = length;/, ''],
    [/if \(watched && [^;]+;/, ''],
    [/this\.options\.onWork\?\.\(\);/, ''],
  ],
  'reactive/effect.js': [
    [/if \(\(flags & BINDING\) !== 0\)\s*tally\.bindings--;/, ''],
    [/if \(tally\.inspector !== null\)\s*tally\.inspector\.released\(this\);/, ''],
    [/inspector === null \? fn : inspector\.watched\(fn, 'effect', owner\)/, 'fn'],
    [/this\.isDirty\(\)/, 'checkDirty(this.deps, this)'],
    [/owner === null \? result : watched\(owner, result, 'a cleanup'\)/, 'result'],
    [/if \(\(kind & BINDING\) !== 0\)\s*tally\.bindings\+\+;/, ''],
    [/if \(inspector !== null\)\s*inspector\.made\(node\);/, ''],
  ],
  'reactive/queue.js': [
    [/for \(let i = 0; i < watchers\.length; i\+\+\)\s*watchers\[i\]\(\);/, ''],
    [/if \(meters\.length > 0\)\s*(?:begin|end)Meters\(\);/g, ''],
  ],
  'base/scope.js': [
    [/if \(this\.tally\.inspector !== null\)\s*this\.tally\.inspector\.\w+\(this\);/g, ''],
    [/watched\(scope, fn, 'a cleanup'\)/, 'fn'],
  ],
  'reactive/lane.js': [[/if \(this\.high === 0\)\s*this\.high = 1;/, ''], [/const waiting = this\.size;\s*if \([^;]+;/, '']],
  'scene/slot-list.js': [[/if \(this\.length > this\.peak\)\s*this\.peak = this\.length;/, '']],
  'events/dispatch.js': [[/watched\(scope, handler, 'an event handler'\)/, 'handler']],
  'app/timer-ledger.js': [
    [/setTimer\(delayMs, fn\) \{/, 'setTimer(delayMs, fn) { return this.clock.setTimer(delayMs, fn);'],
    [/clearTimer\(handle\) \{/, 'clearTimer(handle) { return this.clock.clearTimer(handle);'],
  ],
};

/** Copies the built package, takes the code out, and gives the address of its main module. */
export function makeVariant(): { url: string; remove(): void } {
  const dist = dirname(fileURLToPath(import.meta.resolve('spark-tui')));
  // Beside the package, so that its dependencies are found; ignored by git.
  const copy = join(dist, '..', '.build-without-stats');
  rmSync(copy, { recursive: true, force: true });
  cpSync(dist, copy, { recursive: true });
  for (const [file, cuts] of Object.entries(CUTS)) {
    const path = join(copy, file);
    let text = readFileSync(path, 'utf8');
    for (const [pattern, replacement] of cuts) {
      if (text.search(pattern) < 0) throw new Error(`${file}: nothing to cut at ${String(pattern)}`);
      text = text.replace(pattern, replacement);
    }
    writeFileSync(path, text);
  }
  return {
    url: new URL(`file://${join(copy, 'index.js')}`).href,
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}
