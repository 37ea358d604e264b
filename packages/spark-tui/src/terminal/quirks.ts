/**
 * What no question tells: which terminal this is, by what it calls itself and by the environment, and what
 * is known of it. Each row says why it is there. Unknown terminals get nothing from here.
 */
import type { NotificationKind } from './capabilities.ts';
import type { EncoderCaps } from './encoder-caps.ts';
import type { Reflow } from './live-region.ts';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Who a terminal is; names are lower case, `''` unknown. */
export interface TerminalIdentity {
  readonly name: string;
  readonly version: string;
  /** TERM, in lower case. */
  readonly term: string;
  /** The bytes go through a Windows console (ConPTY). */
  readonly windows: boolean;
}

/** What a row of the table may say. */
export interface KnownFeatures {
  readonly trueColor?: boolean;
  readonly hyperlinks?: boolean;
  readonly clipboard?: boolean;
  readonly notifications?: NotificationKind;
  readonly progress?: boolean;
  readonly pointerShapes?: boolean;
  readonly underlineStyles?: boolean;
}

/** Which questions a terminal may be asked: all, all but DECRQM, or none. */
export type QueryLimit = 'all' | 'no-modes' | 'none';

interface Quirk {
  readonly applies: (terminal: TerminalIdentity) => boolean;
  readonly reason: string;
  readonly features?: KnownFeatures;
  readonly caps?: Partial<EncoderCaps>;
  readonly queries?: QueryLimit;
  readonly reflow?: Reflow;
  readonly resizeLagMs?: number;
  /** DECSCUSR would be printed. */
  readonly noCursorStyles?: true;
  /** OSC would be printed: nothing may be asked for. */
  readonly noRequests?: true;
}

const isNamed =
  (name: string, since = ''): Quirk['applies'] =>
  (terminal) =>
    terminal.name === name && (since === '' || isAtLeast(terminal.version, since));

const isOneOf =
  (...names: readonly string[]): Quirk['applies'] =>
  ({ name }) =>
    names.includes(name);

/** How late a terminal tells that it has another size, where nothing else is known. */
const RESIZE_LAG_MS = 50;

/** Rows lower down win. */
const QUIRKS: readonly Quirk[] = [
  {
    applies: isOneOf('kitty', 'ghostty', 'wezterm', 'foot', 'alacritty', 'contour', 'rio', 'iterm2', 'vte', 'konsole', 'apple-terminal', 'tmux'),
    reason: 'lay all rows out anew when they become narrower, the one with the cursor as well',
    reflow: 'all',
  },
  {
    applies: isOneOf('xterm', 'linux', 'screen', 'mlterm', 'putty', 'st'),
    reason: 'cut rows off when they become narrower',
    reflow: 'none',
  },
  {
    applies: isNamed('kitty'),
    reason: 'kitty documents all of these; OSC 9;4 it ignores',
    features: { trueColor: true, hyperlinks: true, clipboard: true, notifications: 'osc99', pointerShapes: true, underlineStyles: true },
  },
  {
    applies: isNamed('ghostty'),
    reason: 'its VT reference',
    features: { trueColor: true, hyperlinks: true, clipboard: true, notifications: 'osc777', pointerShapes: true, underlineStyles: true },
  },
  { applies: isNamed('ghostty', '1.2'), reason: 'progress since 1.2; before, OSC 9;4 was parsed and dropped', features: { progress: true } },
  {
    applies: isNamed('wezterm'),
    reason: 'its escape sequence reference',
    features: { trueColor: true, hyperlinks: true, clipboard: true, notifications: 'osc777', underlineStyles: true },
  },
  { applies: isNamed('wezterm', '20250201'), reason: 'progress since early 2025; versions are dates', features: { progress: true } },
  {
    applies: isNamed('foot'),
    reason: 'foot-ctlseqs(7)',
    features: { trueColor: true, hyperlinks: true, clipboard: true, notifications: 'osc777', pointerShapes: true, underlineStyles: true },
  },
  {
    applies: isNamed('alacritty'),
    reason: 'its list of escape sequences; it has no name to ask for, TERM or TERM_PROGRAM tell',
    features: { trueColor: true, hyperlinks: true, clipboard: true, underlineStyles: true },
  },
  {
    applies: isNamed('contour'),
    reason: 'its VT extensions',
    features: { trueColor: true, hyperlinks: true, clipboard: true, notifications: 'osc777', underlineStyles: true },
  },
  {
    applies: isNamed('rio'),
    reason: 'built on the parser of alacritty',
    features: { trueColor: true, hyperlinks: true, clipboard: true, underlineStyles: true },
  },
  {
    applies: isNamed('iterm2'),
    reason: 'OSC 9 is a notification there, and before 3.6.6 also OSC 9;4 was: no progress for older ones',
    features: { trueColor: true, hyperlinks: true, clipboard: true, notifications: 'osc9', underlineStyles: true },
  },
  { applies: isNamed('iterm2', '3.6.6'), reason: 'progress since 3.6.6', features: { progress: true } },
  {
    applies: isNamed('vte'),
    reason: 'GNOME Terminal, Ptyxis and others; OSC 52 is not done, OSC 777 only by some distributions',
    features: { trueColor: true, hyperlinks: true, underlineStyles: true },
  },
  { applies: isNamed('vte', '7900'), reason: 'progress since 0.79', features: { progress: true } },
  { applies: isNamed('konsole'), reason: 'colours and links; no OSC 52 write', features: { trueColor: true, hyperlinks: true } },
  {
    applies: isNamed('mintty'),
    reason: 'OSC 52 is off until the user allows it',
    features: { trueColor: true, hyperlinks: true, progress: true, underlineStyles: true },
  },
  {
    applies: isNamed('vscode'),
    reason: 'xterm.js with the clipboard, progress and links of the editor around it',
    features: { trueColor: true, hyperlinks: true, clipboard: true, progress: true, underlineStyles: true },
  },
  { applies: isNamed('xterm.js'), reason: 'what the library does without its host', features: { trueColor: true, hyperlinks: true, underlineStyles: true } },
  {
    applies: isNamed('windows-terminal'),
    reason: 'its documentation',
    features: { trueColor: true, hyperlinks: true, clipboard: true, progress: true, underlineStyles: true },
  },
  { applies: isNamed('conemu'), reason: 'OSC 9;4 comes from here', features: { trueColor: true, progress: true } },
  {
    applies: (terminal) => terminal.windows,
    reason: 'a scroll region moves the cursor to the wrong row in Windows consoles (microsoft/terminal 19016)',
    caps: { scrollRegion: false },
  },
  {
    applies: isNamed('apple-terminal'),
    reason: 'prints the p of DECRQM, and reads the colon of SGR 4:3 as text; no links',
    features: { underlineStyles: false },
    caps: { underlineStyles: false },
    queries: 'no-modes',
  },
  { applies: isNamed('tmux'), reason: 'tells a size at most every 250 ms, when sizes follow each other', resizeLagMs: 300 },
  { applies: isNamed('tmux'), reason: 'hands styles on; takes OSC 52 from programs only when set-clipboard is on', features: { underlineStyles: true } },
  {
    applies: isNamed('screen'),
    reason: 'erases with the default background (no bce in its terminfo) and does not read colons in SGR',
    caps: { backgroundErase: false, underlineStyles: false },
  },
  {
    applies: isNamed('linux'),
    reason: 'no SU and SD, no colons in SGR; before Linux 5.11 its parser stops at an intermediate byte or > and prints the rest',
    caps: { scrollUp: false, underlineStyles: false },
    queries: 'none',
    noCursorStyles: true,
  },
  {
    applies: ({ term }) => /^(?:dumb|unknown|vt52|cons\d|eterm|emacs)/.test(term),
    reason: 'known not to consume control strings',
    caps: { underlineStyles: false },
    queries: 'none',
    noCursorStyles: true,
    noRequests: true,
  },
];

/** What `TERM_PROGRAM` calls terminals. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'iTerm.app': 'iterm2',
  WezTerm: 'wezterm',
  ghostty: 'ghostty',
  vscode: 'vscode',
  rio: 'rio',
  mintty: 'mintty',
  Apple_Terminal: 'apple-terminal',
  alacritty: 'alacritty',
  kitty: 'kitty',
  contour: 'contour',
};

const TERM_NAMES = /^(?:xterm-)?(kitty|ghostty|wezterm|alacritty|foot|contour|rio|mintty|linux|tmux|screen|putty|st|mlterm)(?:[-.]|$)/;

/**
 * Who the terminal is. What it says itself (`version`, the text of its answer to XTVERSION) is trusted before
 * the environment, which may come from a terminal around it. Behind a multiplexer the multiplexer is the terminal.
 *
 * @internal
 */
export function identifyTerminal(env: Environment, version: string = ''): TerminalIdentity {
  const term = (env.TERM ?? '').toLowerCase();
  const windows = env.WT_SESSION !== undefined || env.ConEmuANSI === 'ON' || env.OS === 'Windows_NT';
  const said = /^([A-Za-z][A-Za-z0-9._-]*?)(?:[\s(/]+([^()\s]+)\)?.*)?$/.exec(version.trim());
  if (said !== null) {
    const name = said[1]!.toLowerCase();
    const alias = name === 'windows' ? 'windows-terminal' : name === 'xterm.js' && env.TERM_PROGRAM === 'vscode' ? 'vscode' : name;
    return { name: alias, version: /\d/.test(said[2] ?? '') ? said[2]! : '', term, windows };
  }
  const named = fromEnvironment(env, term);
  return { name: named[0], version: named[1], term, windows };
}

function fromEnvironment(env: Environment, term: string): readonly [name: string, version: string] {
  if (env.TMUX !== undefined || term.startsWith('tmux')) return ['tmux', env.TERM_PROGRAM === 'tmux' ? (env.TERM_PROGRAM_VERSION ?? '') : ''];
  if (env.STY !== undefined || term.startsWith('screen')) return ['screen', ''];
  const program = env.TERM_PROGRAM;
  if (program !== undefined && Object.hasOwn(PROGRAMS, program)) return [PROGRAMS[program]!, env.TERM_PROGRAM_VERSION ?? ''];
  if (env.WT_SESSION !== undefined) return ['windows-terminal', ''];
  if (env.ConEmuANSI === 'ON') return ['conemu', ''];
  const byTerm = TERM_NAMES.exec(term);
  if (byTerm !== null) return [byTerm[1]!, ''];
  if (env.KITTY_WINDOW_ID !== undefined) return ['kitty', ''];
  if (env.KONSOLE_VERSION !== undefined) return ['konsole', env.KONSOLE_VERSION];
  if (env.VTE_VERSION !== undefined) return ['vte', env.VTE_VERSION];
  return ['', ''];
}

/** Compares versions number by number; what is no number counts as 0. */
function isAtLeast(version: string, wanted: string): boolean {
  const have = version.split(/[.\-+]/);
  const need = wanted.split('.');
  for (let i = 0; i < need.length; i++) {
    const difference = (Number.parseInt(have[i] ?? '0', 10) || 0) - Number(need[i]);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** What the table says of a terminal, all rows that apply put together. @internal */
export interface Known {
  readonly features: KnownFeatures;
  readonly caps: Partial<EncoderCaps>;
  readonly queries: QueryLimit;
  /** Unknown terminals: most lay rows out anew; those built on xterm.js leave the cursor's row alone. */
  readonly reflow: Reflow;
  /** How late a change of the size may be told. */
  readonly resizeLagMs: number;
  readonly cursorStyles: boolean;
  readonly requests: boolean;
}

/** @internal */
export function knownOf(terminal: TerminalIdentity): Known {
  let features: KnownFeatures = {};
  let caps: Partial<EncoderCaps> = {};
  let queries: QueryLimit = 'all';
  let reflow: Reflow = 'others';
  let resizeLagMs = RESIZE_LAG_MS;
  let cursorStyles = true;
  let requests = true;
  for (const quirk of QUIRKS) {
    if (!quirk.applies(terminal)) continue;
    features = { ...features, ...quirk.features };
    caps = { ...caps, ...quirk.caps };
    queries = quirk.queries ?? queries;
    reflow = quirk.reflow ?? reflow;
    resizeLagMs = quirk.resizeLagMs ?? resizeLagMs;
    if (quirk.noCursorStyles) cursorStyles = false;
    if (quirk.noRequests) requests = false;
  }
  return { features, caps, queries, reflow, resizeLagMs, cursorStyles, requests };
}
