/**
 * What an app is done with: lines that go into the scrollback of the terminal, above what still changes.
 */
import { currentPlace } from './host.ts';

/** Writes finished lines of an app. */
export interface HistoryWriter {
  /**
   * Like `console.log`, for a terminal on which an app is shown: the text goes above the live region (`inline`,
   * `append`), or is shown after the app has given the whole screen back (`fullscreen`). Control characters in it
   * are harmless; SGR colours and safe links are kept. Without a terminal it goes to the output at once.
   */
  print(...values: unknown[]): void;
  /**
   * Renders elements once, as wide as the terminal and as high as they are, and commits them to the scrollback, in
   * order with what is printed. They are disposed at once: nothing in them changes or handles events.
   *
   * @throws what `root` throws; nothing is committed then
   */
  renderToHistory(root: () => unknown): void;
}

/**
 * The history of the app, to be kept for what runs outside of any scope: timers, promises.
 *
 * @throws PhaseError outside an app
 * @example
 * const history = terminalHistory();
 * setTimeout(() => history.print('a second has passed'), 1000);
 */
export function terminalHistory(): HistoryWriter {
  return currentPlace('terminalHistory()').host.history;
}

/**
 * Prints a line above the app, formatted as `console.log` does it. In a handler, an effect or where elements are
 * made; elsewhere use `terminalHistory()`, or `console.log`, which is taken over while an app is shown.
 *
 * @throws PhaseError outside an app
 * @example
 * onKey('s', () => print('saved', { files: 3 }));
 */
export function print(...values: unknown[]): void {
  currentPlace('print()').host.history.print(...values);
}

/**
 * Renders elements once and commits them to the scrollback above the app, in order and at any height.
 *
 * @throws PhaseError outside an app; what `root` throws
 * @example
 * onKey('Enter', () => renderToHistory(() => box({ border: 'single' }, () => text({ content: 'done' }))));
 */
export function renderToHistory(root: () => unknown): void {
  currentPlace('renderToHistory()').host.history.renderToHistory(root);
}

/**
 * Puts something finished above the app: a function makes elements, which are rendered once ({@link renderToHistory});
 * anything else is printed as `console.log` does it ({@link print}). For a list of finished items in `append`.
 *
 * @throws PhaseError outside an app; what the function throws
 * @example
 * onKey('Enter', () => log(() => box({ border: 'rounded' }, () => text({ content: 'Step 1 done' }))));
 * onKey('s', () => log('saved', { files: 3 }));
 */
export function log(...values: unknown[]): void {
  const { history } = currentPlace('log()').host;
  const [first] = values;
  if (values.length === 1 && typeof first === 'function') history.renderToHistory(first as () => unknown);
  else history.print(...values);
}
