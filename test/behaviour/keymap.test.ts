/** Key maps: chords, leaders, scopes, conditions, conflicts, other keys by the user, keyboard layouts. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signal } from '../../packages/spark-tui/src/reactive/index.ts';
import { createTestApp } from '../../packages/spark-tui/src/testing/index.ts';
import {
  box,
  createRef,
  each,
  keyBindings,
  keymap,
  keymapConflicts,
  leaderKey,
  onKey,
  pendingKeys,
  remap,
  scoped,
  show,
  text,
} from '../../packages/spark-tui/src/ui/index.ts';

describe('chords', () => {
  test('run when their last key comes, and the keys on the way are consumed', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      onKey((event) => void log.push(`app ${event.key}`));
      keymap({ 'g g': () => void log.push('top'), 'ctrl+k ctrl+s': () => void log.push('save all'), x: () => void log.push('x') });
    });
    app.press('g', 'g', 'ctrl+k', 'ctrl+s', 'x', 'y');
    assert.deepEqual(log, ['top', 'save all', 'x', 'app y']);
    assert.equal(app.stats().timers, 0);
  });

  test('show what was pressed so far; Escape and a wrong key end them and are dropped', () => {
    const log: string[] = [];
    using app = createTestApp(
      () => {
        const keys = pendingKeys();
        text({ content: () => `[${keys.value}]` });
        onKey((event) => void log.push(event.key));
        keymap({ 'ctrl+x ctrl+s': () => void log.push('save') });
      },
      { width: 20, height: 1 },
    );
    app.press('ctrl+x');
    assert.equal(app.text(), '[ctrl+x]');
    app.press('Escape');
    assert.equal(app.text(), '[]');
    app.press('ctrl+x', 'q');
    assert.equal(app.text(), '[]');
    assert.deepEqual(log, []);
    app.press('q', 'ctrl+x', 'ctrl+s');
    assert.deepEqual(log, ['q', 'save']);
  });

  test('a chord that begins a longer one waits for its time on the clock of the app, or for a key that does not go on', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      keymap({ g: () => void log.push('g'), 'g g': () => void log.push('gg'), x: () => void log.push('x') }, { timeoutMs: 300 });
    });
    app.press('g');
    assert.deepEqual([log.splice(0), app.stats().timers], [[], 1]);
    app.clock.tick(299);
    assert.deepEqual(log, []);
    app.clock.tick(1);
    assert.deepEqual([log.splice(0), app.stats().timers], [['g'], 0]);
    app.press('g', 'x');
    assert.deepEqual(log.splice(0), ['g', 'x']);
    app.press('g', 'g');
    assert.deepEqual(log, ['gg']);
  });

  test('the leader is Space, another one for the app, or one for a key map', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      keymap({ '<leader> f': () => void log.push('files') });
      keymap({ '<Leader> b': () => void log.push('buffers') }, { leader: 'ctrl+b' });
      onKey('F1', () => leaderKey(','));
    });
    app.press(' ', 'f', 'ctrl+b', 'b');
    assert.deepEqual(log.splice(0), ['files', 'buffers']);
    app.press('F1', ',', 'f', ' ', 'ctrl+b', 'b');
    assert.deepEqual(log, ['files', 'buffers']);
  });

  test('an ended app keeps no timer of a chord', () => {
    const app = createTestApp(() => keymap({ 'a b': () => undefined }));
    app.press('a');
    assert.equal(app.stats().timers, 1);
    app.unmount();
    assert.deepEqual([app.stats().timers, app.stats().keyHandlers], [0, 0]);
  });
});

describe('key maps', () => {
  test('of an element hold while focus is inside; the nearest wins, then the last made', () => {
    const log: string[] = [];
    const [left, inner] = [createRef(), createRef()];
    using app = createTestApp(() => {
      keymap({ s: () => void log.push('app s'), q: () => void log.push('app q') });
      box({ ref: left, focusable: true }, () => {
        keymap({ s: () => void log.push('left s') });
        box({ ref: inner, focusable: true }, () => {
          keymap({ s: () => void log.push('inner s, first') });
          keymap({ s: () => void log.push('inner s') });
        });
      });
      box({ focusable: true, autoFocus: true });
    });
    app.press('s');
    left.focus();
    app.press('s', 'q');
    inner.focus();
    app.press('s');
    assert.deepEqual(log, ['app s', 'left s', 'app q', 'inner s']);
  });

  test('with nothing focused those of all shown elements hold', () => {
    const log: string[] = [];
    const shown = signal(true);
    using app = createTestApp(() => {
      box({ visible: shown }, () => keymap({ a: () => void log.push('a') }));
      keymap({ a: () => void log.push('root a') });
    });
    app.press('a');
    shown.value = false;
    app.flush();
    app.press('a');
    assert.deepEqual(log, ['a', 'root a']);
  });

  test("with scope 'app' they hold everywhere, after the others", () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      box({}, () => keymap({ a: () => void log.push('wide a'), b: () => void log.push('wide b') }, { scope: 'app' }));
      box({ focusable: true, autoFocus: true }, () => keymap({ a: () => void log.push('near a') }));
    });
    app.press('a', 'b');
    assert.deepEqual(log, ['near a', 'wide b']);
  });

  test('come after onKey of their element and before that of elements around; consumed keys do not reach them', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      box({ onKey: () => void log.push('outer') }, () => {
        box({ focusable: true, autoFocus: true, onKey: (event) => (log.push('inner'), event.key === 'b') }, () => {
          keymap({ a: () => void log.push('map a'), b: () => void log.push('map b') });
        });
      });
    });
    app.press('a', 'b', 'c');
    assert.deepEqual(log, ['inner', 'map a', 'inner', 'inner', 'outer']);
  });

  test('conditions of the map and of a command are asked at each key', () => {
    const log: string[] = [];
    const [map, command] = [signal(true), signal(false)];
    using app = createTestApp(() => {
      keymap({ a: () => void log.push('below') });
      keymap({ a: { run: () => void log.push('a'), when: () => command.value } }, { when: () => map.value });
    });
    app.press('a');
    command.value = true;
    app.press('a');
    map.value = false;
    app.press('a');
    assert.deepEqual(log, ['below', 'a', 'below']);
  });

  test('end with their owner', () => {
    const log: string[] = [];
    const on = signal(true);
    using app = createTestApp(() => {
      show(on, () => keymap({ a: () => void log.push('shown') }));
      const end = scoped(() => keymap({ b: () => void log.push('scoped') }));
      keymap({ e: () => end() });
    });
    app.press('a', 'b', 'e', 'b');
    on.value = false;
    app.flush();
    app.press('a');
    assert.deepEqual(log, ['shown', 'scoped']);
    assert.equal(app.stats().keyHandlers, 1);
  });

  test('repeats run a binding, releases do not, and a held first key does not go on with a chord', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      keymap({ a: () => void log.push('a'), 'g g': () => void log.push('gg') });
    });
    app.send('\x1b[97;1:1u\x1b[97;1:2u\x1b[97;1:3u');
    assert.deepEqual(log.splice(0), ['a', 'a']);
    app.send('\x1b[103;1:1u\x1b[103;1:2u\x1b[103;1:3u');
    assert.deepEqual(log, []);
    app.send('\x1b[103;1:1u');
    assert.deepEqual(log, ['gg']);
  });

  test('wrong chords are told by name', () => {
    // @ts-expect-error there is no such key
    assert.throws(() => createTestApp(() => keymap({ 'ctrl+Entre': () => undefined })), /key pattern 'ctrl\+Entre': there is no key of that name/);
    // @ts-expect-error there is no such modifier
    assert.throws(() => createTestApp(() => box({ id: 'menu' }, () => keymap({ 'ctlr+x': () => undefined }))), /box#menu: key pattern 'ctlr\+x': 'ctlr' is no modifier/);
    assert.throws(() => createTestApp(() => keymap({ a: () => undefined }, { scope: 'all' as never })), /scope is all; expected 'focus' or 'app'/);
    assert.throws(() => createTestApp(() => keymap(null as never)), /keymap\(\) was given null/);
    // @ts-expect-error 3 is no action
    assert.throws(() => createTestApp(() => keymap({ a: 3 })), /keymap\(\): 'a' is 3/);
    assert.throws(() => createTestApp(() => keymap({ a: () => undefined }, { timeoutMs: 0 })), /timeoutMs is 0/);
  });
});

describe('text fields', () => {
  test('keep the keys they claim from key maps and patterns outside, but not from handlers, begun chords and their own key map', () => {
    const log: string[] = [];
    const field = createRef();
    using app = createTestApp(() => {
      onKey('q', () => void log.push('app q'));
      keymap({ q: () => void log.push('quit'), 'ctrl+k s': () => void log.push('chord') });
      keymap({ j: () => void log.push('j!') }, { evenWhileTyping: true });
      box({ ref: field, focusable: true, onKey: (event) => void log.push(`field ${event.key}`) }, () => keymap({ x: () => void log.push('own x') }));
      box({ focusable: true, autoFocus: true });
      // As the input element does for its kind of node: all that types is its.
      const { host } = field.at('the test');
      host.events.defaults.claimKeys(0, (event, slot) => slot === field.at('the test').slot && event.text !== '');
      host.events.defaults.onKind(0, 'key', (event, slot) => {
        if (slot !== field.at('the test').slot || event.text === '') return false;
        log.push(`typed ${event.text}`);
        return true;
      });
    });
    app.press('q');
    assert.deepEqual(log.splice(0), ['quit']);
    field.focus();
    app.press('q', 'j', 'x', 'ctrl+k', 's', 's');
    assert.deepEqual(log, ['field q', 'typed q', 'field j', 'j!', 'field x', 'own x', 'field k', 'chord', 'field s', 'typed s']);
  });
});

describe('keyboard layouts', () => {
  test('Ctrl+с on a Russian layout is ctrl+c, by the alternate key that the kitty protocol reports', () => {
    const log: string[] = [];
    using app = createTestApp(() => keymap({ 'ctrl+s': () => void log.push('save'), q: () => void log.push('q'), й: () => void log.push('й') }));
    app.send('\x1b[1099::115;5u'); // Ctrl+ы, on the key of s
    app.send('\x1b[1081::113u'); // й, on the key of q: the literal binding wins
    assert.deepEqual(log, ['save', 'й']);
    app.send('\x1b[1089::99;5u'); // Ctrl+с
    assert.equal(app.exited, true);
  });

  test('a Latin letter is itself wherever it lies, and shifted characters are what they type', () => {
    const log: string[] = [];
    using app = createTestApp(() =>
      keymap({ 'ctrl+q': () => void log.push('ctrl+q'), '?': () => void log.push('?'), 'ctrl+?': () => void log.push('ctrl+?'), 'ctrl+shift+p': () => void log.push('palette') }),
    );
    app.send('\x1b[97::113;5u'); // Ctrl+a on AZERTY, where q is on a US keyboard
    assert.deepEqual(log, []);
    app.send('\x1b[47:63;2u'); // Shift+/ types ?
    app.send('\x1b[47:63;6u'); // Ctrl+Shift+/
    app.send('\x1b[112:80;6u'); // Ctrl+Shift+p
    app.send('\x1b[80;6u'); // the same as some terminals say it
    assert.deepEqual(log, ['?', 'ctrl+?', 'palette', 'palette']);
  });

  test('Caps Lock does not keep letters from their bindings; the keypad is taken for the main block', () => {
    const log: string[] = [];
    using app = createTestApp(() => keymap({ j: () => void log.push('j'), Enter: () => void log.push('Enter'), '5': () => void log.push('5') }));
    app.send('\x1b[106;65u');
    app.send('\x1b[57414u');
    app.send('\x1b[57404u');
    assert.deepEqual(log, ['j', 'Enter', '5']);
  });
});

describe('remap', () => {
  test('gives commands other keys in all key maps until its owner ends', () => {
    const log: string[] = [];
    const mine = signal(true);
    using app = createTestApp(() => {
      show(mine, () => void remap({ save: 'ctrl+x ctrl+s', quit: ['q', 'Q'], help: null }));
      keymap({
        'ctrl+s': { id: 'save', run: () => void log.push('save') },
        'ctrl+q': { id: 'quit', run: () => void log.push('quit') },
        'F1': { id: 'help', run: () => void log.push('help') },
      });
    });
    app.press('ctrl+s', 'ctrl+q', 'F1');
    assert.deepEqual(log, []);
    app.press('ctrl+x', 'ctrl+s', 'q', 'Q');
    assert.deepEqual(log.splice(0), ['save', 'quit', 'quit']);
    mine.value = false;
    app.flush();
    app.press('ctrl+s', 'ctrl+q', 'F1', 'q');
    assert.deepEqual(log, ['save', 'quit', 'help']);
  });

  test('refuses what is no chord, and changes nothing then', () => {
    const log: string[] = [];
    using app = createTestApp(() => {
      keymap({ a: { id: 'a', run: () => void log.push('a') } });
      onKey('F2', () => void remap({ a: ['b', 'ctrl+nokey'] }));
      onKey('F3', () => void remap({ a: 5 as unknown as string }));
    });
    assert.throws(() => app.press('F2'), /no key of that name/);
    assert.throws(() => app.press('F3'), /'a' is 5; expected a chord/);
    app.press('a');
    assert.deepEqual(log, ['a']);
  });
});

describe('listings', () => {
  test('keyBindings follows focus, conditions and other keys, and leaves out what is hidden', () => {
    const [field, on] = [createRef(), signal(false)];
    using app = createTestApp(
      () => {
        keymap({ q: { id: 'quit', description: 'Quit', run: () => undefined }, s: { run: () => undefined }, z: { run: () => undefined, hidden: true } });
        box({ ref: field, id: 'field', focusable: true, height: 1 }, () => {
          keymap({ s: { description: 'Send', run: () => undefined, when: () => on.value } });
        });
        box({ focusable: true, autoFocus: true, height: 1 });
        const bindings = keyBindings();
        each(
          () => bindings.value,
          (binding) => text({ content: () => `${binding().keys} ${binding().description} ${binding().element?.id ?? 'app'}` }),
          { key: (binding, i) => `${binding.keys} ${i}` },
        );
        onKey('F2', () => void remap({ quit: 'ctrl+q' }));
      },
      { width: 20, height: 8 },
    );
    assert.equal(app.text().trim(), 'q Quit app\ns  app');
    field.focus();
    on.value = true;
    assert.equal(app.text().trim(), 's Send field\nq Quit app');
    app.press('F2');
    assert.equal(app.text().trim(), 's Send field\nctrl+q Quit app');
  });

  test('conflicts: the same chord twice, and one that begins another, on the same element', () => {
    let found: readonly { kind: string; keys: string; conditional: boolean }[] = [];
    using app = createTestApp(() => {
      const run = (): void => undefined;
      keymap({ 'ctrl+s': run, g: run, 'g t': run });
      keymap({ 'Ctrl+S': { run, when: () => true }, h: run });
      box({}, () => keymap({ h: run }));
      found = keymapConflicts().map(({ kind, bindings, conditional }) => ({ kind, keys: bindings.map(({ keys }) => keys).join(' / '), conditional }));
    });
    app.flush();
    assert.deepEqual(found, [
      { kind: 'prefix', keys: 'g / g t', conditional: false },
      { kind: 'duplicate', keys: 'ctrl+s / Ctrl+S', conditional: true },
    ]);
  });
});
