/** A hand gone wild on the mouse: a million reports through a pseudo-terminal, as fast as it takes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { fixture, startPty } from './harness.ts';

const MOVES = 1_000_000;
const PIECE_CHARS = 65_536;

test('a million mouse moves are coalesced, bounded and handled in under 2 s', async () => {
  const pty = startPty(fixture('moves'));
  await pty.until((screen) => screen.includes('at 0,0'));
  let piece = '';
  for (let i = 0; i < MOVES; i++) {
    piece += `\x1b[<35;${1 + (i % 80)};${1 + (i % 24)}M`;
    if (piece.length < PIECE_CHARS) continue;
    pty.send(piece);
    piece = '';
    await setImmediate();
  }
  pty.send(`${piece}d`);
  await pty.until((screen) => screen.includes('cost'));
  assert.ok(pty.screen().includes(`at ${(MOVES - 1) % 80},${(MOVES - 1) % 24}`), pty.screen());
  const { moves, cpuMs, grownMB } = JSON.parse(/cost (\{.*?\})/.exec(pty.output)?.[1] ?? 'null') as Record<string, number>;
  assert.ok(cpuMs < 2000, `${cpuMs} ms of CPU`);
  assert.ok(moves < MOVES / 50, `${moves} moves were handled one by one`);
  assert.ok(grownMB < 64, `memory grew by ${grownMB} MB`);
  pty.send('q');
  assert.deepEqual(await pty.exit, { status: 0, lineRestored: true });
  assert.deepEqual(pty.modes.left(), []);
});
