// Runs the input vectors against the built package: node run-vectors.mjs <this file>
import { Decoder } from '../../packages/spark-tui/dist/terminal/index.js';

export function create(mode) {
  const events = [];
  const sink = (event) => events.push(event);
  const decoder = new Decoder();
  decoder.setModes({
    kittyFlags: mode.kitty ?? 0,
    pendingCursorReports: (mode.pending ?? []).filter((query) => query === 'cpr').length,
  });
  return {
    feed: (bytes) => decoder.feed(bytes, sink),
    timeout: () => decoder.timeout(sink),
    drain: () => events.splice(0),
  };
}
