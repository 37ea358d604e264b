import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { OptionError } from '../base/index.ts';
import { graphemes, sanitise } from '../text/index.ts';
import { Decoder } from './decoder.ts';
import type { DecoderOptions } from './decoder-options.ts';
import type { InputEvent, KeyInput } from './input-events.ts';

const FLAGS = ['shift', 'alt', 'ctrl', 'super', 'hyper', 'meta', 'caps', 'num'] as const;

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** ctrl+alt+a "text" press, in short. */
function show(event: InputEvent): string {
  switch (event.type) {
    case 'key': {
      const mods = FLAGS.filter((flag) => event[flag]).map((flag) => `${flag}+`);
      const kind = event.event === 'press' ? '' : ` ${event.event}`;
      return `${mods.join('')}${event.key}${event.text === '' ? '' : ` '${event.text}'`}${kind}`;
    }
    case 'mouse':
      return `${event.action} ${event.button} ${event.x},${event.y}`;
    case 'paste':
      return `paste '${event.text}'${event.truncated ? ' truncated' : ''}`;
    case 'response':
      return `response ${event.kind}`;
    default:
      return event.type;
  }
}

function decode(reads: readonly (string | Uint8Array)[], options: DecoderOptions = {}): string[] {
  const decoder = new Decoder(options);
  const shown: string[] = [];
  for (const read of reads) decoder.feed(typeof read === 'string' ? bytesOf(read) : read, (event) => shown.push(show(event)));
  return shown;
}

describe('typed text', () => {
  test('a run becomes one key event a grapheme cluster', () => {
    assert.deepEqual(decode(['aÉ👩‍🚀e\u0301z']), [
      "a 'a'",
      "shift+é 'É'",
      "👩‍🚀 '👩‍🚀'",
      "e\u0301 'e\u0301'",
      "z 'z'",
    ]);
  });

  test('bytes that are not UTF-8 become U+FFFD and take no neighbour with them', () => {
    assert.deepEqual(decode([Uint8Array.of(0x61, 0xc3, 0x62, 0xff, 0x63)]), [
      "a 'a'",
      "\ufffd '\ufffd'",
      "b 'b'",
      "\ufffd '\ufffd'",
      "c 'c'",
    ]);
  });

  test('a character cut short by an escape sequence does not swallow it', () => {
    assert.deepEqual(decode([Uint8Array.of(0xe2, 0x82), '\x1b[A']), ["\ufffd '\ufffd'", 'ArrowUp']);
  });

  test('C1 controls in UTF-8 are never text', () => {
    assert.deepEqual(decode(['a\u009bb']), ["a 'a'", 'unknown', "b 'b'"]);
  });

  test('any bytes above ASCII decode as the platform’s UTF-8 decoder decodes them', () => {
    const lead = fc.constantFrom(0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff);
    const follow = fc.constantFrom(0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0x41);
    const bytes = fc.array(fc.oneof(lead, follow, follow, follow), { maxLength: 30 }).map((list) => Uint8Array.from([...list, 0x2e]));
    fc.assert(
      fc.property(bytes, (input) => {
        let text = '';
        new Decoder().feed(input, (event) => {
          text += event.type === 'key' ? event.text : event.type === 'unknown' ? event.data : '';
        });
        assert.equal(text, new TextDecoder('utf-8', { ignoreBOM: true }).decode(input));
      }),
      { numRuns: 2000 },
    );
  });

  test('clusters of a read are those of the segmenter, whatever stands beside what', () => {
    const part = fc.constantFrom('a', 'Z', ' ', 'é', 'ф', '你', 'क', '्', 'ष', '한', 'ᄒ', 'ᅡ', 'ᆫ', '🙂', '👩', '🚀', '🇩', '🇪', '🏽', '️', '︎', '‍', '\u0301', '\u0600', '\u00ad', '\u200b', '\u2028', '3', '\u20e3');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const typed = parts.join('');
        const texts: string[] = [];
        new Decoder().feed(bytesOf(typed), (event) => texts.push((event as KeyInput).text));
        assert.deepEqual(texts, graphemes(typed));
      }),
      { numRuns: 3000 },
    );
  });

  test('long runs keep every character and cut no cluster at an inner boundary', () => {
    const shown = decode(['é'.repeat(200) + 'e\u0301x'.repeat(6000)]);
    assert.equal(shown.length, 200 + 12000);
    assert.equal(shown.filter((entry) => entry === "e\u0301 'e\u0301'").length, 6000);
  });
});

describe('escape timing', () => {
  test('a lone ESC is pending and becomes Escape on timeout', () => {
    const decoder = new Decoder();
    const shown: string[] = [];
    decoder.feed(bytesOf('\x1b'), (event) => shown.push(show(event)));
    assert.equal(decoder.pending, true);
    assert.equal(shown.length, 0);
    decoder.timeout((event) => shown.push(show(event)));
    assert.deepEqual(shown, ['Escape']);
    assert.equal(decoder.pending, false);
  });

  test('nothing is pending in ground, inside a string or inside a paste', () => {
    for (const bytes of ['a', '\x1b[A', '\x1b]11;rgb', '\x1b]11;x\x1b', '\x1b[200~ab']) {
      const decoder = new Decoder();
      decoder.feed(bytesOf(bytes), () => {});
      assert.equal(decoder.pending, false, JSON.stringify(bytes));
      decoder.timeout(() => assert.fail('timeout must change nothing here'));
    }
  });

  test('with kitty flag 1 an ESC byte waits longer', () => {
    const decoder = new Decoder({ escapeTimeoutMs: 30 });
    assert.equal(decoder.timeoutMs, 30);
    decoder.setModes({ kittyFlags: 1 });
    assert.equal(decoder.timeoutMs, 500);
  });

  test('Escape just before a reply, a mouse report or a paste stays a key', () => {
    assert.deepEqual(decode(['\x1b\x1b[?62c']), ['Escape', 'response da1']);
    assert.deepEqual(decode(['\x1b\x1b]11;rgb:0/0/0\x07']), ['Escape', 'response color']);
    assert.deepEqual(decode(['\x1b\x1b[<0;3;4M']), ['Escape', 'press left 2,3']);
    assert.deepEqual(decode(['\x1b\x1b[200~x\x1b[201~']), ['Escape', "paste 'x'"]);
    assert.deepEqual(decode(['\x1b\x1ba']), ['Escape', 'alt+a']);
    assert.deepEqual(decode(['\x1b\x1b\x1b[A']), ['alt+Escape', 'ArrowUp']);
    assert.deepEqual(decode(['\x1b\x1b[A']), ['alt+ArrowUp']);
  });
});

describe('sequences', () => {
  test('modifiers are reported for letters, numbers, SS3 and rxvt forms', () => {
    assert.deepEqual(decode(['\x1b[1;5A\x1b[3;2~\x1bO5D\x1bO1;3C\x1b[2$\x1b[11^\x1b[Z']), [
      'ctrl+ArrowUp',
      'shift+Delete',
      'ctrl+ArrowLeft',
      'alt+ArrowRight',
      'shift+Insert',
      'ctrl+F1',
      'shift+Tab',
    ]);
  });

  test('a broken sequence is unknown and the next key is intact', () => {
    for (const broken of ['\x1b[1;5', '\x1b[?', '\x1bO', '\x1b[<0;1', '\x1b[M!', '\x1b[[', '\x1b[1 2']) {
      assert.deepEqual(decode([`${broken}\x1b[B`]), ['unknown', 'ArrowDown'], JSON.stringify(broken));
      assert.deepEqual(decode([`${broken}\x18x`]), ['unknown', "x 'x'"], JSON.stringify(broken));
    }
  });

  test('bytes that cannot be in a control sequence end it and keep their meaning', () => {
    assert.deepEqual(decode(['\x1b[1é\x1b[2\x7f\x1b[3\r']), ['unknown', "é 'é'", 'unknown', 'Backspace', 'unknown', 'Enter']);
  });

  test('more than 64 parameters or 4 KiB make a sequence unknown, not a key', () => {
    assert.deepEqual(decode([`\x1b[${'1;'.repeat(100)}Aa`]), ['unknown', "a 'a'"]);
    assert.deepEqual(decode([`\x1b[${'1'.repeat(5000)}Aa`]), ['unknown', "a 'a'"]);
  });

  test('numbers too large to be meant do not wrap around', () => {
    const events: InputEvent[] = [];
    new Decoder().feed(bytesOf('\x1b[<0;99999999999999;4294967297M\x1b[<4294967296;1;1M'), (event) => events.push(event));
    assert.deepEqual(events.map((event) => event.type), ['mouse', 'unknown']);
    const [report] = events;
    assert.ok(report?.type === 'mouse' && report.x > 1e8 && report.y > 1e8);
  });

  test('CSI 1;n R is F3 unless a cursor report is awaited, and each query is answered once', () => {
    const decoder = new Decoder();
    const shown: string[] = [];
    decoder.setModes({ pendingCursorReports: 1 });
    decoder.feed(bytesOf('\x1b[1;2R\x1b[1;2R\x1b[7;2R'), (event) => shown.push(show(event)));
    assert.deepEqual(shown, ['response cpr', 'shift+F3', 'response cpr']);
  });

  test('Windows records: AltGr types, surrogates join, a huge repeat count is bounded', () => {
    assert.deepEqual(decode(['\x1b[81;16;64;1;9;1_']), ["q '@'"]);
    assert.deepEqual(decode(['\x1b[0;0;55357;1;0;1_\x1b[0;0;56898;1;0;1_']), ['unknown', "🙂 '🙂'"]);
    assert.equal(decode(['\x1b[65;30;97;1;0;1000000_']).length, 64);
  });

  test('a held key reported with its modifiers types what shift and Caps Lock make of it', () => {
    assert.deepEqual(decode(['\x1b[97;2u\x1b[97;65u\x1b[97;66u\x1b[97;5u\x1b[49:33;2u\x1b[97;2:3u']), [
      "shift+a 'A'",
      "caps+a 'A'",
      "shift+caps+a 'a'",
      'ctrl+a',
      "shift+1 '!'",
      'shift+a release',
    ]);
  });
});

describe('control strings', () => {
  test('a reply cut off by a key does not leak and does not take the key', () => {
    assert.deepEqual(decode(['\x1bP>|foo\x1b[A\x1b]11;rgb\x1ax\x1b_Gi=1']), ['unknown', 'ArrowUp', 'unknown', "x 'x'"]);
  });

  test('BEL ends an OSC and is content elsewhere', () => {
    assert.deepEqual(decode(['\x1b]52;c;aGk=\x07\x1bP>|a\x07b\x1b\\']), ['response clipboard', 'response xtversion']);
  });

  test('an endless string keeps memory bounded and stays silent until it ends', () => {
    const decoder = new Decoder();
    const shown: string[] = [];
    const sink = (event: InputEvent): void => void shown.push(show(event));
    const block = new Uint8Array(65536).fill(0x41);
    decoder.feed(bytesOf('\x1b]52;c;'), sink);
    for (let i = 0; i < 64; i++) {
      decoder.feed(block, sink);
      assert.ok(decoder.bufferedBytes <= (1 << 20) + 4096, `${decoder.bufferedBytes} bytes held`);
    }
    assert.deepEqual(shown, []);
    decoder.feed(bytesOf('\x07x'), sink);
    assert.deepEqual(shown, ['unknown', "x 'x'"]);
    assert.ok(decoder.bufferedBytes <= 4096);
  });

  test('a string whose end is lost is given up when idle', () => {
    const decoder = new Decoder();
    const shown: string[] = [];
    const sink = (event: InputEvent): void => void shown.push(show(event));
    decoder.feed(bytesOf('\x1b]0;title'), sink);
    assert.equal(decoder.receiving, true);
    decoder.idle(sink);
    decoder.feed(bytesOf('q'), sink);
    assert.deepEqual(shown, ['unknown', "q 'q'"]);
    assert.equal(decoder.receiving, false);
  });
});

describe('paste', () => {
  test('everything up to the end mark is text, and near misses of the mark stay in it', () => {
    const content = 'a\x1b[20\x1b[201\x1b\x1b[A\r\n\x03';
    assert.deepEqual(decode([`\x1b[200~${content}\x1b[201~x`]), [`paste '${content}'`, "x 'x'"]);
  });

  test('a paste beyond the limit is kept up to it, marked, and swallowed to its end', () => {
    assert.deepEqual(decode(['\x1b[200~', 'x'.repeat(3000), 'y\x1b[201~z'], { maxPasteBytes: 2000 }), [
      `paste '${'x'.repeat(2000)}' truncated`,
      "z 'z'",
    ]);
  });

  test('a paste whose end is lost is delivered, marked, when idle; keys work again', () => {
    const decoder = new Decoder();
    const shown: string[] = [];
    const sink = (event: InputEvent): void => void shown.push(show(event));
    decoder.feed(bytesOf('\x1b[200~half\x1b[20'), sink);
    decoder.idle(sink);
    decoder.feed(bytesOf('\x03'), sink);
    assert.deepEqual(shown, ["paste 'half\x1b[20' truncated", 'ctrl+c']);
  });

  test('a filter that works on the pieces of a large paste makes of it what it makes of the whole', () => {
    const part = fc.constantFrom('line', '\r', '\n', '\r\n', '\t', '\x1b[31m', 'é', '\u0301', '👩‍🚀', '🇩🇪', '你好', '\u202e', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\x07');
    const unit = fc.array(part, { minLength: 1, maxLength: 300 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(unit, fc.integer({ min: 1, max: 70_000 }), (text, step) => {
        const pasted = text.repeat(Math.ceil(150_000 / text.length));
        const bytes = bytesOf(`\x1b[200~${pasted}\x1b[201~`);
        const got: string[] = [];
        const decoder = new Decoder({ pasteFilter: sanitise });
        for (let i = 0; i < bytes.length; i += step) decoder.feed(bytes.subarray(i, i + step), (event) => event.type === 'paste' && got.push(event.text));
        assert.equal(got.length, 1);
        // Without a place for a cut in thousands of bytes, a cluster may be cut.
        if (/[ -~你]/.test(text)) assert.ok(got[0] === sanitise(pasted), 'differs from the whole');
      }),
      { numRuns: 40 },
    );
  });

  test('a paste of one script without a space is cut between characters', () => {
    for (const unit of ['é', '\u0301', '🙂', '한']) {
      const pasted = unit.repeat(100_000);
      const got: string[] = [];
      new Decoder().feed(bytesOf(`\x1b[200~x${pasted}\x1b[201~`), (event) => event.type === 'paste' && got.push(event.text));
      assert.ok(got.length === 1 && got[0] === `x${pasted}`, unit);
    }
  });

  test('what is held is the unfinished part, and nothing at rest', () => {
    const decoder = new Decoder();
    const held = (text: string): number => {
      decoder.feed(bytesOf(text), () => undefined);
      return decoder.heldBytes;
    };
    assert.equal(decoder.heldBytes, 0);
    const parts: readonly (readonly [text: string, held: number])[] = [
      ['a', 0], ['\x1b', 1], ['[', 2], ['1;', 4], ['5A', 0],
      ['\x1b\x1b', 2], ['[A', 0],
      ['\x1b[M', 3], ['!', 4], ['!!', 0],
      ['\x1b]11;rgb', 8], ['\x1b', 9], ['\\', 0],
      ['\x1b[200~', 0], ['abc', 3], ['\x1b[20', 7], ['1~', 0],
    ];
    for (const [text, expected] of parts) assert.equal(held(text), expected, JSON.stringify(text));
    const family = new TextEncoder().encode('你');
    decoder.feed(family.subarray(0, 2), () => undefined);
    assert.equal(decoder.heldBytes, 2);
    decoder.feed(family.subarray(2), () => undefined);
    assert.equal(decoder.heldBytes, 0);
  });

  test('memory of a large paste is given back with it', () => {
    const decoder = new Decoder();
    let length = 0;
    decoder.feed(bytesOf(`\x1b[200~${'é'.repeat(500_000)}\x1b[201~`), (event) => {
      if (event.type === 'paste') length = event.text.length;
    });
    assert.equal(length, 500_000);
    assert.ok(decoder.bufferedBytes <= 4096);
  });
});

describe('use', () => {
  test('a sink may reset the decoder while it decodes', () => {
    const decoder = new Decoder();
    const shown: string[] = [];
    decoder.feed(bytesOf('a\x1b[A\x1b[200~p\x1b[201~b'), (event) => {
      shown.push(show(event));
      decoder.reset();
    });
    assert.deepEqual(shown, ["a 'a'", 'ArrowUp', "paste 'p'", "b 'b'"]);
  });

  test('reset forgets a half sequence, character, string and paste', () => {
    const halves = ['\x1b', '\x1b[1;', '\x1bO', '\x1b[M!', '\x1b]0;x', '\x1b]0;x\x1b', '\x1b[200~abc', '\xe2', '\x1b\xe2'];
    for (const half of halves) {
      const decoder = new Decoder();
      const shown: string[] = [];
      decoder.feed(Uint8Array.from(half, (unit) => unit.charCodeAt(0)), () => {});
      decoder.reset();
      assert.equal(decoder.receiving || decoder.pending, false, JSON.stringify(half));
      decoder.feed(bytesOf('x'), (event) => shown.push(show(event)));
      assert.deepEqual(shown, ["x 'x'"], JSON.stringify(half));
    }
  });

  test('options that cannot work are refused by name', () => {
    assert.throws(() => new Decoder({ escapeTimeoutMs: 0 }), (error) => error instanceof OptionError && /escapeTimeoutMs/.test(error.message));
    assert.throws(() => new Decoder({ maxPasteBytes: Number.NaN }), OptionError);
  });
});

// Pieces of real traffic between random bytes, so that random cuts fall inside sequences.
const piece = fc.oneof(
  fc.constantFrom(
    '\x1b', '\x1b[', '\x1bO', '\x1b[A', '\x1b[1;5C', '\x1bOP', '\x1b[200~', '\x1b[201~', '\x1b[201', '\x1b[<0;12;7M', '\x1b[<35;1;1m',
    '\x1b[M !!', '\x1b[97;5u', '\x1b[97:65;2:3;65u', '\x1b[27;5;9~', '\x1b]11;rgb:1/2/3\x07', '\x1b]52;c;aGk=\x1b\\', '\x1bP>|x\x1b\\',
    '\x1b_Gi=1;OK\x1b\\', '\x1b[?62;4c', '\x1b[?2026;2$y', '\x1b[65;30;97;1;0;2_', '\x1b[48;24;80;0;0t', '\x1b[2$', '\x1b[[A', '\x18', 'é', '你', '🙂',
    'e\u0301', '\r', '\x7f', 'hello',
  ).map(bytesOf),
  fc.uint8Array({ maxLength: 6 }),
);
const stream = fc.array(piece, { maxLength: 24 }).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

/** Neighbouring text keys joined: a cluster cut between two reads arrives as two. */
function joined(events: InputEvent[]): (InputEvent | string)[] {
  const out: (InputEvent | string)[] = [];
  for (const event of events) {
    const typed = event.type === 'key' && event.text !== '' && event.event === 'press' && !event.num && !event.caps;
    const last = out.at(-1);
    if (!typed) out.push(event);
    else if (typeof last === 'string') out[out.length - 1] = last + (event as KeyInput).text;
    else out.push((event as KeyInput).text);
  }
  return out;
}

function collect(reads: Uint8Array[]): InputEvent[] {
  const decoder = new Decoder();
  const events: InputEvent[] = [];
  const sink = (event: InputEvent): void => void events.push(event);
  for (const read of reads) {
    decoder.feed(read, sink);
    assert.ok(decoder.bufferedBytes < 1 << 20);
  }
  decoder.timeout(sink);
  decoder.idle(sink);
  return events;
}

describe('any byte stream', () => {
  test('cut anywhere gives the same events as whole', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 6 }), (bytes, marks) => {
        const cuts = marks.map((mark) => mark % (bytes.length + 1)).sort((a, b) => a - b);
        const reads: Uint8Array[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length]) {
          reads.push(bytes.subarray(from, cut));
          from = cut;
        }
        assert.deepEqual(joined(collect(reads)), joined(collect([bytes])));
      }),
      { numRuns: 2000 },
    );
  });

  test('read byte by byte gives the same events as whole', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const single = Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
        assert.deepEqual(joined(collect(single)), joined(collect([bytes])));
      }),
      { numRuns: 1000 },
    );
  });

  test('every byte is accounted for: text that goes in comes out, whatever surrounds it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('\x1b[A', '\x1b[?62c', '\x1b]0;t\x07', '\x1b[<0;1;1M', '\x1bOP', '\x1b[99z'), { maxLength: 8 }), (between) => {
        const events = collect([bytesOf(`(${between.join('x')})`)]);
        const typed = events.map((event) => (event.type === 'key' ? event.text : '')).join('');
        assert.equal(typed, `(${'x'.repeat(Math.max(0, between.length - 1))})`);
      }),
    );
  });

  test('random bytes never throw and leave the decoder usable', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const decoder = new Decoder();
        const shown: string[] = [];
        decoder.feed(bytes, () => {});
        decoder.timeout(() => {});
        decoder.idle(() => {});
        decoder.timeout(() => {});
        decoder.feed(bytesOf('\x1b[A'), (event) => shown.push(show(event)));
        assert.equal(shown.at(-1), 'ArrowUp');
      }),
      { numRuns: 1000 },
    );
  });
});
