/**
 * The terminal for the code inside an app: what it can do, and what it shall show beside the cells, for as
 * long as the owner of the call lives.
 */
import type { ReadableSignal } from '../reactive/index.ts';
import {
  type Claim,
  type ClipboardOptions,
  type ClipboardRead,
  type ColorScheme,
  type PointerShape,
  type ProgressValue,
  type RequestResult,
  type TerminalCapabilities,
  TerminalRequests,
} from '../terminal/index.ts';
import { bindProp } from './element.ts';
import { currentOwner, currentPlace } from './host.ts';
import type { Cleanup, Prop } from './props.ts';
import type { TerminalControl } from './terminal-control.ts';

/**
 * The terminal of the app, to be kept for handlers, which run outside of any scope.
 *
 * @throws PhaseError outside an app
 * @example
 * const control = terminal();
 * onKey('y', () => void control.copy('yanked'));
 */
export function terminal(): TerminalControl {
  return currentPlace('terminal()').host.terminal;
}

/**
 * What is known of the terminal, as a signal. Everything is false or unknown until it answers.
 *
 * @throws PhaseError outside an app
 * @example
 * const capabilities = terminalCapabilities();
 * show(() => capabilities.value.clipboard, () => text({ content: 'y copies' }));
 */
export function terminalCapabilities(): ReadableSignal<TerminalCapabilities> {
  return currentPlace('terminalCapabilities()').host.terminal.capabilities;
}

/**
 * Whether the terminal is `'dark'` or `'light'`, followed live where it reports changes (mode 2031), else from its
 * background colour (OSC 11).
 *
 * @throws PhaseError outside an app
 * @example
 * const scheme = colorScheme();
 * box({ bg: () => (scheme.value === 'light' ? '#eeeeee' : '#222222') });
 */
export function colorScheme(): ReadableSignal<ColorScheme> {
  return currentPlace('colorScheme()').host.terminal.colorScheme;
}

/**
 * Sets the title of the window while the owner lives; of several, the latest counts. Control characters become
 * blanks, at most 255 cells are sent. The title before comes back afterwards, where the terminal keeps it.
 *
 * @returns ends it earlier
 * @throws PhaseError outside an app
 * @example
 * const file = signal('notes.txt');
 * windowTitle(() => `${file.value} – editor`);
 */
export function windowTitle(title: Prop<string | null>): Cleanup {
  const { requests } = currentPlace('windowTitle()').host.terminal;
  return declare(requests.titles.claim(), title, (value) => (value === null ? null : TerminalRequests.title(value)), 'windowTitle');
}

/**
 * Shows progress in the terminal's tab or task bar (OSC 9;4) while the owner lives; `null` shows none. Sent only to
 * terminals known to have it: others take it for a notification.
 *
 * @returns ends it earlier
 * @throws PhaseError outside an app; OptionError for a percentage outside 0–100
 * @example
 * const percent = signal(0);
 * progress(percent);
 */
export function progress(value: Prop<ProgressValue | null>): Cleanup {
  const { requests } = currentPlace('progress()').host.terminal;
  return declare(requests.progress.claim(), value, TerminalRequests.progressValue, 'progress');
}

/**
 * Shapes the mouse pointer over the terminal (OSC 22) while the owner lives, with the names of CSS.
 *
 * @returns ends it earlier
 * @throws PhaseError outside an app; OptionError for another name
 * @example
 * pointerShape(() => (busy.value ? 'wait' : null));
 */
export function pointerShape(shape: Prop<PointerShape | null>): Cleanup {
  const { requests } = currentPlace('pointerShape()').host.terminal;
  return declare(requests.pointers.claim(), shape, TerminalRequests.pointerValue, 'pointerShape');
}

/**
 * Puts text into the clipboard (OSC 52). In handlers use `terminal()`, kept from outside.
 *
 * @returns what became of it: `{ ok, reason }`
 * @throws PhaseError outside an app
 * @example
 * const result = copyToClipboard('text');
 * if (!result.ok) log(result.reason);
 */
export function copyToClipboard(text: string, options: ClipboardOptions = {}): RequestResult {
  return currentPlace('copyToClipboard()').host.terminal.copy(text, options);
}

/**
 * Asks the terminal for the clipboard's text (OSC 52). Many ask their user, or never answer.
 *
 * @param timeoutMs how long to wait; default 5,000
 * @throws PhaseError outside an app
 * @example
 * const { ok, text } = await readClipboard();
 */
export function readClipboard(timeoutMs?: number): Promise<ClipboardRead> {
  return currentPlace('readClipboard()').host.terminal.readClipboard(timeoutMs);
}

/**
 * A desktop notification, where the terminal is known to have them (OSC 9, 777 or 99).
 *
 * @throws PhaseError outside an app
 * @example
 * notify('Build', 'finished without errors');
 */
export function notify(title: string, body: string = ''): RequestResult {
  return currentPlace('notify()').host.terminal.notify(title, body);
}

/**
 * Rings the terminal's bell.
 *
 * @throws PhaseError outside an app
 * @example
 * effect(() => { if (failed.value) bell(); });
 */
export function bell(): RequestResult {
  return currentPlace('bell()').host.terminal.bell();
}

/**
 * Writes bytes to the terminal as they are, behind the next frame. Cursor and colours are taken as unknown afterwards.
 *
 * @throws PhaseError outside an app
 * @example
 * writeRaw('\x1b]1337;SetMark\x07');
 */
export function writeRaw(bytes: Uint8Array | string): RequestResult {
  return currentPlace('writeRaw()').host.terminal.writeRaw(bytes);
}

function declare<T, V>(claim: Claim<V>, value: Prop<T | null>, read: (value: T | null) => V | null, label: string): Cleanup {
  const owned = currentOwner(`${label}()`).onDispose(() => claim.release());
  try {
    bindProp(value, (now) => claim.set(read((now ?? null) as T | null)), label);
  } catch (error) {
    owned.dispose();
    throw error;
  }
  return () => owned.dispose();
}
