import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isDark, parseColorSpec, UNKNOWN_CAPABILITIES } from './capabilities.ts';
import { Decoder } from './decoder.ts';
import type { InputEvent } from './input-events.ts';
import { CapabilityQuery } from './queries.ts';

const ENV = { TERM: 'xterm-256color' };
const utf8 = new TextEncoder();

/** What a modern terminal sends back, one answer an entry, the fence last. */
const ANSWERS = [
  '\x1bP>|foot(1.16.2)\x1b\\',
  '\x1b[?2026;2$y',
  '\x1b[?2027;1$y',
  '\x1b[?2031;2$y',
  '\x1b[?2048;2$y',
  '\x1b[?69;0$y',
  '\x1b[?0u',
  '\x1b]10;rgb:ffff/ffff/ffff\x1b\\',
  '\x1b]11;rgb:1c1c/1c1c/1c1c\x07',
  '\x1b[4;480;800t',
  '\x1b[6;20;10t',
  '\x1b[?62;4;22;52c',
] as const;

function asked(env: Readonly<Record<string, string>> = ENV): CapabilityQuery {
  const query = new CapabilityQuery(env);
  query.bytes();
  return query;
}

/** Feeds bytes in pieces; returns the events that are no answers. */
function feed(query: CapabilityQuery, pieces: readonly Uint8Array[], decoder: Decoder = new Decoder()): InputEvent[] {
  const others: InputEvent[] = [];
  const sink = (event: InputEvent): void => {
    query.take(event);
    if (event.type !== 'response') others.push(event);
  };
  for (const piece of pieces) decoder.feed(piece, sink);
  return others;
}

describe('questions', () => {
  test('one batch, DA1 last', () => {
    const text = new TextDecoder().decode(new CapabilityQuery(ENV).bytes());
    assert.equal(
      text,
      '\x1b[>q\x1b[?2026$p\x1b[?2027$p\x1b[?2031$p\x1b[?2048$p\x1b[?69$p\x1b[?u\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[14t\x1b[16t\x1b[c',
    );
  });

  test('terminals that would print a question are not asked it', () => {
    assert.equal(new CapabilityQuery({ TERM: 'linux' }).bytes().length, 0);
    assert.equal(new CapabilityQuery({ TERM: 'dumb' }).bytes().length, 0);
    assert.equal(new CapabilityQuery(ENV, false).bytes().length, 0);
    const apple = new TextDecoder().decode(new CapabilityQuery({ ...ENV, TERM_PROGRAM: 'Apple_Terminal' }).bytes());
    assert.ok(!apple.includes('$p') && apple.endsWith('\x1b[c'));
  });

  test('nothing asked is settled, with what the environment tells', () => {
    const { capabilities } = new CapabilityQuery({ TERM: 'xterm-kitty' }, false);
    assert.equal(capabilities.settled, true);
    assert.equal(capabilities.name, 'kitty');
    assert.equal(capabilities.notifications, 'osc99');
    assert.equal(capabilities.synchronized, false);
  });
});

describe('answers', () => {
  test('nothing is known before the first', () => {
    assert.deepEqual(new CapabilityQuery(ENV).capabilities, UNKNOWN_CAPABILITIES);
  });

  test('each tells its part', () => {
    const query = asked();
    assert.deepEqual(feed(query, [utf8.encode(ANSWERS.join(''))]), []);
    const { capabilities } = query;
    assert.deepEqual(capabilities, {
      settled: true,
      name: 'foot',
      version: '1.16.2',
      synchronized: true,
      graphemeClusters: true,
      colorSchemeReports: true,
      inBandResize: true,
      margins: false,
      kittyKeyboard: true,
      kittyKeyboardFlags: 0,
      foreground: 0xffffffff,
      background: 0xff1c1c1c,
      darkBackground: true,
      colorScheme: 'dark',
      cellPixels: { width: 10, height: 20 },
      windowPixels: { width: 800, height: 480 },
      trueColor: true,
      hyperlinks: true,
      clipboard: true,
      notifications: 'osc777',
      progress: false,
      pointerShapes: true,
      underlineStyles: true,
      deviceAttributes: [62, 4, 22, 52],
    });
    assert.equal(query.wasSet(2027), true);
    assert.equal(query.wasSet(2026), false);
  });

  test('any order, with duplicates, in any pieces: the same record', () => {
    const wanted = asked();
    feed(wanted, [utf8.encode(ANSWERS.join(''))]);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...ANSWERS], { minLength: ANSWERS.length }),
        fc.array(fc.nat(ANSWERS.length - 1), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
        (order, again, sizes) => {
          const bytes = utf8.encode([...order, ...again.map((i) => ANSWERS[i])].join(''));
          const pieces: Uint8Array[] = [];
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const size = sizes[i % sizes.length]!;
            pieces.push(bytes.subarray(at, at + size));
            at += size;
          }
          const query = asked();
          assert.deepEqual(feed(query, pieces), []);
          assert.deepEqual(query.capabilities, wanted.capabilities);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('cut at every byte and between typed keys, the keys are exact', () => {
    const whole = ANSWERS.map((answer, i) => `${answer}${'abcdefghijkl'[i]}`).join('');
    const bytes = utf8.encode(whole);
    for (let cut = 1; cut < bytes.length; cut++) {
      const query = asked();
      const others = feed(query, [bytes.subarray(0, cut), bytes.subarray(cut)]);
      assert.equal(others.map((event) => (event.type === 'key' ? event.text : '?')).join(''), 'abcdefghijkl', `cut at ${cut}`);
      assert.equal(query.capabilities.settled, true);
    }
  });

  test('garbage and foreign answers change nothing and are no keys', () => {
    const query = asked();
    let changes = 0;
    query.onChange = () => changes++;
    const garbage = ['\x1b]11;blue\x1b\\', '\x1b]10;rgb:zz/00/00\x07', '\x1b[?9999;1$y', '\x1b[4;0;0t', '\x1b]4;1;rgb:00/00/00\x1b\\', '\x1bP1+r544e\x1b\\', '\x1b[>1;2c', '\x1b]52;c;YQ==\x07'];
    assert.deepEqual(feed(query, [utf8.encode(garbage.join(''))]), []);
    assert.equal(changes, 0);
    assert.deepEqual(query.capabilities, UNKNOWN_CAPABILITIES);
  });

  test('a record changes by replacement, and only when something changed', () => {
    const query = asked();
    const seen: unknown[] = [query.capabilities];
    query.onChange = () => seen.push(query.capabilities);
    feed(query, [utf8.encode('\x1b[?2026;2$y\x1b[?2026;2$y\x1b[?2026;1$y')]);
    assert.equal(seen.length, 2);
    assert.equal(new Set(seen).size, 2);
  });

  test('a mode that is always off, or unknown, is not there', () => {
    const query = asked();
    feed(query, [utf8.encode('\x1b[?2026;0$y\x1b[?2027;4$y\x1b[?2031;3$y')]);
    const { synchronized, graphemeClusters, colorSchemeReports } = query.capabilities;
    assert.deepEqual([synchronized, graphemeClusters, colorSchemeReports], [false, false, true]);
  });

  test('a report of the colour scheme counts more than the background', () => {
    const query = asked();
    feed(query, [utf8.encode('\x1b[?997;2n\x1b]11;#000000\x07')]);
    assert.equal(query.capabilities.colorScheme, 'light');
    assert.equal(query.capabilities.darkBackground, true);
    feed(query, [utf8.encode('\x1b[?997;1n')]);
    assert.equal(query.capabilities.colorScheme, 'dark');
  });

  test('a report of the size in the input tells the pixels too', () => {
    const query = asked();
    const others = feed(query, [utf8.encode('\x1b[48;24;80;480;800t')]);
    assert.equal(others.length, 1);
    assert.deepEqual(query.capabilities.cellPixels, { width: 10, height: 20 });
  });
});

describe('colours in answers', () => {
  test('all spellings of X11', () => {
    assert.equal(parseColorSpec('rgb:12/34/56'), 0xff123456);
    assert.equal(parseColorSpec('rgb:1212/3434/5656'), 0xff123456);
    assert.equal(parseColorSpec('rgba:1212/3434/5656/ffff'), 0xff123456);
    assert.equal(parseColorSpec('rgb:f/0/8'), 0xffff0088);
    assert.equal(parseColorSpec('#123456'), 0xff123456);
    assert.equal(parseColorSpec('#fff'), 0xffffffff);
    assert.equal(parseColorSpec('#ffff00000000'), 0xffff0000);
    for (const none of ['', 'red', 'rgb:1/2', '#12345', 'rgb:12345/0/0']) assert.equal(parseColorSpec(none), 0, none);
  });

  test('dark and light', () => {
    assert.equal(isDark(0xff000000), true);
    assert.equal(isDark(0xff002b36), true);
    assert.equal(isDark(0xfffdf6e3), false);
    assert.equal(isDark(0xffffffff), false);
  });
});
