/**
 * Run by scripts/check-runtimes.ts without a terminal: a mounted app prints its last frame and the
 * process ends by itself with code 0.
 */
import { mount, text } from 'spark-tui';

mount(() => {
  text({ content: 'hello from a pipe' });
});
