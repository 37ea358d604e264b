import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { identifyTerminal, knownOf } from './quirks.ts';

const named = (env: Record<string, string>, version = ''): string => {
  const { name, version: number } = identifyTerminal(env, version);
  return `${name} ${number}`;
};

describe('which terminal it is', () => {
  test('what it says itself', () => {
    const X = { TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' };
    for (const [said, wanted] of [
      ['XTerm(390)', 'xterm 390'],
      ['kitty(0.32.0)', 'kitty 0.32.0'],
      ['foot(1.16.2)', 'foot 1.16.2'],
      ['WezTerm 20240203-110809-5046fc22', 'wezterm 20240203-110809-5046fc22'],
      ['tmux 3.4', 'tmux 3.4'],
      ['iTerm2 3.5.0', 'iterm2 3.5.0'],
      ['ghostty 1.1.3', 'ghostty 1.1.3'],
      ['VTE(7600)', 'vte 7600'],
      ['Konsole 23.08.1', 'konsole 23.08.1'],
      ['xterm.js(5.6.0)', 'xterm.js 5.6.0'],
      ['mintty 3.7.0', 'mintty 3.7.0'],
      ['contour 0.4.3.6442', 'contour 0.4.3.6442'],
      ['Windows Terminal 1.24', 'windows-terminal '],
      ['something', 'something '],
    ] as const) {
      assert.equal(named(X, said), wanted, said);
    }
    assert.equal(named({ TERM_PROGRAM: 'vscode' }, 'xterm.js(5.6.0)'), 'vscode 5.6.0');
  });

  test('what the environment says; inside a multiplexer it is the multiplexer', () => {
    assert.equal(named({ TERM: 'xterm-kitty' }), 'kitty ');
    assert.equal(named({ TERM: 'xterm-256color' }), ' ');
    assert.equal(named({ TERM: 'foot-extra' }), 'foot ');
    assert.equal(named({ TERM: 'xterm-256color', TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.2.0' }), 'ghostty 1.2.0');
    assert.equal(named({ TERM: 'xterm-256color', VTE_VERSION: '7600' }), 'vte 7600');
    assert.equal(named({ TERM: 'tmux-256color', KITTY_WINDOW_ID: '1', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4' }), 'tmux 3.4');
    assert.equal(named({ TERM: 'screen-256color', TMUX: 'x', KITTY_WINDOW_ID: '1' }), 'tmux ');
    assert.equal(named({ TERM: 'screen.xterm-256color', STY: '1' }), 'screen ');
    assert.equal(named({ WT_SESSION: 'x' }), 'windows-terminal ');
  });
});

describe('what is known of terminals', () => {
  const known = (env: Record<string, string>, version = ''): ReturnType<typeof knownOf> => knownOf(identifyTerminal(env, version));

  test('of an unknown one nothing', () => {
    assert.deepEqual(known({ TERM: 'xterm-256color' }), { features: {}, caps: {}, queries: 'all', reflow: 'others', resizeLagMs: 50, cursorStyles: true, requests: true });
  });

  test('which rows it lays out anew when it becomes narrower', () => {
    assert.equal(known({ TERM: 'tmux-256color' }).reflow, 'all');
    assert.equal(known({ TERM: 'xterm-256color' }, 'XTerm(390)').reflow, 'none');
    assert.equal(known({ TERM: 'linux' }).reflow, 'none');
    assert.equal(known({ TERM: 'xterm-256color' }, 'xterm.js(6.0.0)').reflow, 'others');
  });

  test('progress only where OSC 9;4 is no notification', () => {
    assert.equal(known({}, 'iTerm2 3.6.5').features.progress, undefined);
    assert.equal(known({}, 'iTerm2 3.6.6').features.progress, true);
    assert.equal(known({}, 'iTerm2 3.10.0').features.progress, true);
    assert.equal(known({}, 'ghostty 1.1.3').features.progress, undefined);
    assert.equal(known({}, 'ghostty 1.2.0-main+abc').features.progress, true);
    assert.equal(known({}, 'WezTerm 20240203-110809-5046fc22').features.progress, undefined);
    assert.equal(known({}, 'kitty(0.40.0)').features.progress, undefined);
  });

  test('what the encoder must not do', () => {
    assert.deepEqual(known({ TERM: 'linux' }).caps, { scrollUp: false, underlineStyles: false });
    assert.deepEqual(known({ TERM: 'screen' }).caps, { backgroundErase: false, underlineStyles: false });
    assert.deepEqual(known({ TERM: 'screen-256color', TMUX: 'x' }).caps, {});
    assert.deepEqual(known({ WT_SESSION: 'x' }).caps, { scrollRegion: false });
    assert.deepEqual(known({ OS: 'Windows_NT' }).caps, { scrollRegion: false });
  });
});
