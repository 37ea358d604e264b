/**
 * How many colours a terminal shows, from its environment alone: what is known before any answer to a
 * query. Sources: no-color.org; force-color.org and the levels of Node's `WriteStream.getColorDepth`;
 * "truecolor" convention of COLORTERM; terminfo names (`-256color`, `-direct`).
 */
import type { ColorDepth } from './colour-depth.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** FORCE_COLOR: its levels are 0 none, 1 sixteen, 2 the palette, 3 true colour; anything else switches off. */
const FORCED: Readonly<Record<string, ColorDepth>> = { '': 4, true: 4, '1': 4, '2': 8, '3': 24 };

/** Build servers whose logs show colours, by the variable each sets. */
const CI_DEPTHS: readonly (readonly [variable: string, depth: ColorDepth])[] = [
  ['GITHUB_ACTIONS', 24],
  ['GITEA_ACTIONS', 24],
  ['CIRCLECI', 24],
  ['GITLAB_CI', 8],
  ['BUILDKITE', 8],
  ['APPVEYOR', 8],
  ['TRAVIS', 8],
  ['DRONE', 8],
];

const PROGRAM_DEPTHS: Readonly<Record<string, ColorDepth>> = {
  'iTerm.app': 24,
  WezTerm: 24,
  ghostty: 24,
  vscode: 24,
  Hyper: 24,
  HyperTerm: 24,
  MacTerm: 24,
  rio: 24,
  Tabby: 24,
  mintty: 24,
  Apple_Terminal: 8,
};

const TRUE_COLOR_TERM = /-direct$|^xterm-(?:kitty|ghostty)$|^(?:alacritty|wezterm|foot|contour|rio|ghostty|mintty|iterm2?)(?:-|$)/;
const PALETTE_TERM = /-256(?:color)?$|^(?:screen|tmux)(?:[-.]|$)/;
const MONOCHROME_TERM = /^(?:dumb|unknown|vt\d+.*|ansi-m|.*-mono|.*-m)$/;
const SIXTEEN_TERM = /color|ansi|cygwin|linux|^(?:xterm|rxvt|konsole|kterm|putty|st|eterm|dtterm|gnome|jfbterm|mlterm|terminator|console|con\d+x\d+|bvterm|hurd|mach)(?:-|$)/;

/**
 * Colour depth an environment promises.
 *
 * In order: FORCE_COLOR (also over NO_COLOR, as in Node); NO_COLOR when not empty; `TERM=dumb`;
 * COLORTERM `truecolor` or `24bit`; build servers; Windows Terminal; TERM_PROGRAM; the name in TERM;
 * COLORTERM with any other value (sixteen). Nothing known: 1, no colour.
 *
 * @param env environment variables
 * @returns bits of colour: 1, 4, 8 or 24
 * @example
 * colorDepthFromEnv({ TERM: 'xterm-256color' }); // 8
 * colorDepthFromEnv({ TERM: 'xterm-256color', COLORTERM: 'truecolor' }); // 24
 * colorDepthFromEnv({ TERM: 'xterm-256color', NO_COLOR: '1' }); // 1
 */
export function colorDepthFromEnv(env: Environment): ColorDepth {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return Object.hasOwn(FORCED, forced) ? FORCED[forced]! : 1;
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return 1;
  const term = (env.TERM ?? '').toLowerCase();
  if (term === 'dumb') return 1;
  const colorTerm = (env.COLORTERM ?? '').toLowerCase();
  if (colorTerm === 'truecolor' || colorTerm === '24bit') return 24;
  if (env.TF_BUILD !== undefined && env.AGENT_NAME !== undefined) return 4;
  if (isSet(env.CI)) {
    for (const [variable, depth] of CI_DEPTHS) if (env[variable] !== undefined) return depth;
    return env.CI_NAME === 'codeship' ? 8 : 1;
  }
  if (env.TEAMCITY_VERSION !== undefined) return /^(?:9\.0*[1-9]\d*\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? 4 : 1;
  if (env.WT_SESSION !== undefined) return 24;
  if (env.TERM_PROGRAM !== undefined && Object.hasOwn(PROGRAM_DEPTHS, env.TERM_PROGRAM)) return PROGRAM_DEPTHS[env.TERM_PROGRAM]!;
  if (TRUE_COLOR_TERM.test(term)) return 24;
  if (PALETTE_TERM.test(term)) return 8;
  // Consoles of Windows 10 and later; they set no TERM.
  if (term === '' && env.OS === 'Windows_NT') return 24;
  if (MONOCHROME_TERM.test(term)) return 1;
  return SIXTEEN_TERM.test(term) || colorTerm !== '' ? 4 : 1;
}

/** CI is set to "false" or "0" by people who want to be outside of it. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0';
}
