import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ManualClock, OptionError } from '../base/index.ts';
import { GlyphTable } from '../text/index.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { type TerminalCapabilities, UNKNOWN_CAPABILITIES } from './capabilities.ts';
import { DEFAULT_CAPS } from './encoder-caps.ts';
import { Encoder } from './encoder.ts';
import { TerminalRequests } from './requests.ts';

class Bench {
  readonly clock = new ManualClock();
  readonly encoder: Encoder;
  capabilities: TerminalCapabilities;
  asked = 0;
  readonly requests: TerminalRequests;

  constructor(capabilities: Partial<TerminalCapabilities> = {}, available = true, caps = DEFAULT_CAPS) {
    this.encoder = new Encoder(new GlyphTable(), caps);
    this.capabilities = { ...UNKNOWN_CAPABILITIES, ...capabilities };
    this.requests = new TerminalRequests({
      clock: this.clock,
      available,
      cursorStyles: true,
      capabilities: () => this.capabilities,
      onRequest: () => this.asked++,
    });
  }

  frame(): string {
    const out = new ByteBuffer();
    this.requests.encode(this.encoder, out, 80, 24);
    return new TextDecoder().decode(out.view());
  }

  undo(): string {
    return new TextDecoder().decode(this.requests.undo());
  }
}

const title = (text: string): string => TerminalRequests.title(text);

describe('declared state', () => {
  test('a title is sent once, the old one kept and brought back', () => {
    const bench = new Bench();
    const claim = bench.requests.titles.claim(title('one'));
    assert.equal(bench.asked, 1);
    assert.equal(bench.requests.pending, true);
    assert.equal(bench.frame(), '\x1b[22;0t\x1b]2;one\x1b\\');
    assert.equal(bench.requests.pending, false);
    assert.equal(bench.frame(), '');
    claim.set(title('two'));
    assert.equal(bench.frame(), '\x1b]2;two\x1b\\');
    claim.release();
    assert.equal(bench.frame(), '\x1b[23;0t');
    assert.equal(bench.undo(), '');
  });

  test('what is still declared is undone when the terminal is given back, once', () => {
    const bench = new Bench({ progress: true, pointerShapes: true });
    bench.requests.titles.claim('t');
    bench.requests.progress.claim(TerminalRequests.progressValue(30));
    bench.requests.pointers.claim('wait');
    bench.requests.carets.claim({ x: 1, y: 1, shape: 'bar' });
    assert.equal(bench.frame(), '\x1b[22;0t\x1b]2;t\x1b\\\x1b]9;4;1;30\x1b\\\x1b]22;wait\x1b\\\x1b[5 q\x1b[2;2H\x1b[?25h');
    assert.equal(bench.undo(), '\x1b[0 q\x1b]9;4;0;0\x1b\\\x1b]22;default\x1b\\\x1b[23;0t');
    assert.equal(bench.undo(), '');
  });

  test('the latest claim counts; released in any order, the one before comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.option(fc.constantFrom('a', 'b', 'c')))), (steps) => {
        const bench = new Bench();
        const claims = new Map<number, { claim: ReturnType<typeof bench.requests.titles.claim>; value: string | null }>();
        for (const [key, value] of steps) {
          const held = claims.get(key);
          if (held === undefined) claims.set(key, { claim: bench.requests.titles.claim(value), value });
          else if (value === null) {
            held.claim.release();
            claims.delete(key);
          } else {
            held.claim.set(value);
            held.value = value;
          }
          const wanted = [...claims.values()].filter((entry) => entry.value !== null).at(-1)?.value ?? null;
          assert.equal(bench.requests.titles.current, wanted);
          assert.equal(bench.requests.titles.size, claims.size);
        }
      }),
    );
  });

  test('progress waits until the terminal is known to have it', () => {
    const bench = new Bench();
    bench.requests.progress.claim(TerminalRequests.progressValue({ state: 'error', percent: 12.6 }));
    assert.deepEqual(bench.requests.declared('progress'), { ok: false, reason: 'unsupported' });
    assert.equal(bench.frame(), '');
    bench.capabilities = { ...bench.capabilities, progress: true };
    bench.requests.request();
    assert.equal(bench.frame(), '\x1b]9;4;2;13\x1b\\');
  });

  test('after the terminal was set up again all is sent again', () => {
    const bench = new Bench();
    bench.requests.titles.claim('t');
    bench.requests.carets.claim({ x: 0, y: 0 });
    bench.frame();
    bench.requests.reapply();
    assert.equal(bench.requests.pending, true);
    assert.equal(bench.frame(), '\x1b]2;t\x1b\\\x1b[?25h');
  });

  test('values that cannot be are refused with what can', () => {
    for (const wrong of [-1, 101, Number.NaN, '5' as never, { state: 'happy' as never }]) {
      assert.throws(() => TerminalRequests.progressValue(wrong), OptionError);
    }
    assert.throws(() => TerminalRequests.pointerValue('\x1b]0;x'), OptionError);
  });
});

describe('text in requests', () => {
  test('no control character and no direction override gets through, whatever the text', () => {
    const bench = new Bench({ notifications: 'osc777' });
    const claim = bench.requests.titles.claim('-');
    bench.frame();
    const nasty = fc.string({
      unit: fc.constantFrom('\x1b', '\x07', '\x9c', '\x9b', ']', '\\', ';', 'a', '漢', '\u202e', '\ud800', '\n', '\x7f', '\u2028'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(nasty, nasty, (a, b) => {
        claim.set(title(`x${a}`));
        bench.requests.notify(a, b);
        const bytes = bench.frame();
        // oxlint-disable-next-line no-control-regex -- the control character is what is looked for
        const strings = [...bytes.matchAll(/\x1b\](.*?)\x1b\\/gs)].map((match) => match[1]!);
        assert.equal(strings.map((body) => `\x1b]${body}\x1b\\`).join(''), bytes);
        // oxlint-disable-next-line no-control-regex -- likewise
        for (const body of strings) assert.doesNotMatch(body, /[\u0000-\u001f\u007f-\u009f\u202e\u2028]/);
      }),
    );
  });

  test('at most 255 cells', () => {
    assert.equal(title('漢'.repeat(300)), '漢'.repeat(127));
    assert.equal(title('x'.repeat(300)).length, 255);
  });

  test('a notification in each of the three ways, and in none', () => {
    const sent = (notifications: TerminalCapabilities['notifications'], heading: string, body?: string): string => {
      const bench = new Bench({ notifications });
      bench.requests.notify(heading, body);
      return bench.frame();
    };
    assert.equal(sent('osc9', 'Build', 'done'), '\x1b]9;Build: done\x1b\\');
    assert.equal(sent('osc9', '4;1;50'), '\x1b]9; 4;1;50\x1b\\');
    assert.equal(sent('osc777', 'a;b', 'c;d'), '\x1b]777;notify;a,b;c;d\x1b\\');
    assert.equal(sent('osc99', 'Build', 'done'), '\x1b]99;i=1:d=0;Build\x1b\\\x1b]99;i=1:p=body;done\x1b\\');
    assert.deepEqual(new Bench().requests.notify('x'), { ok: false, reason: 'unsupported' });
  });
});

describe('clipboard', () => {
  test('writes base64 of UTF-8, and says whether the terminal is known to take it', () => {
    const bench = new Bench({ clipboard: true });
    assert.deepEqual(bench.requests.copy('hällo'), { ok: true, reason: 'sent' });
    assert.equal(bench.frame(), '\x1b]52;c;aMOkbGxv\x1b\\');
    assert.deepEqual(new Bench().requests.copy('x', { selection: 'primary' }), { ok: true, reason: 'unconfirmed' });
  });

  test('refuses more than the limit, counted in bytes sent', () => {
    const bench = new Bench();
    assert.deepEqual(bench.requests.copy('x'.repeat(75_001)), { ok: false, reason: 'too-large' });
    assert.deepEqual(bench.requests.copy('漢'.repeat(25_001)), { ok: false, reason: 'too-large' });
    assert.equal(bench.requests.copy('x'.repeat(75_000)).ok, true);
    assert.equal(bench.requests.copy('x'.repeat(75_001), { maxBytes: 200_000 }).ok, true);
  });

  test('reading resolves with the answer, for all who wait, and asks once', async () => {
    const bench = new Bench();
    const both = Promise.all([bench.requests.readClipboard(), bench.requests.readClipboard()]);
    assert.equal(bench.frame(), '\x1b]52;c;?\x1b\\');
    assert.equal(bench.requests.timers, 1);
    bench.requests.takeClipboard('aMOkbGxv');
    assert.deepEqual(await both, [
      { ok: true, text: 'hällo', reason: 'read' },
      { ok: true, text: 'hällo', reason: 'read' },
    ]);
    assert.equal(bench.clock.pendingTimers, 0);
  });

  test('no answer, a broken one, no terminal, and the end of the app are told apart', async () => {
    const bench = new Bench();
    const silent = bench.requests.readClipboard(1000);
    bench.clock.tick(1000);
    assert.deepEqual(await silent, { ok: false, text: '', reason: 'no-answer' });
    bench.requests.takeClipboard('YQ=='); // late: nobody waits
    const broken = bench.requests.readClipboard();
    bench.requests.takeClipboard('?');
    assert.equal((await broken).reason, 'not-text');
    const ended = bench.requests.readClipboard();
    bench.requests.close();
    assert.equal((await ended).reason, 'no-terminal');
    assert.equal((await new Bench({}, false).requests.readClipboard()).reason, 'no-terminal');
    assert.equal(bench.clock.pendingTimers, 0);
  });
});

describe('the queue', () => {
  test('keeps order, and what is still waiting goes out with the end', () => {
    const bench = new Bench();
    bench.requests.bell();
    bench.requests.writeRaw('A');
    bench.requests.writeRaw(Uint8Array.of(66));
    assert.equal(bench.frame(), '\x07AB');
    bench.requests.copy('x');
    assert.equal(bench.undo(), '\x1b]52;c;eA==\x1b\\');
  });

  test('is bounded, and says so', () => {
    const bench = new Bench();
    assert.deepEqual(bench.requests.writeRaw('x'.repeat((1 << 20) + 1)), { ok: false, reason: 'too-large' });
    assert.equal(bench.requests.writeRaw('x'.repeat(1 << 20)).ok, true);
    assert.deepEqual(bench.requests.bell(), { ok: false, reason: 'busy' });
    bench.frame();
    assert.equal(bench.requests.bell().ok, true);
  });

  test('raw bytes make the encoder forget cursor and pen', () => {
    const bench = new Bench();
    const out = new ByteBuffer();
    bench.encoder.moveCursor(5, 5, out);
    bench.requests.writeRaw('\x1b[H\x1b[31m');
    bench.frame();
    out.clear();
    bench.encoder.moveCursor(5, 5, out);
    assert.equal(new TextDecoder().decode(out.view()), '\x1b[6;6H');
  });

  test('raw bytes leave the cursor where a live region needs it', () => {
    const bench = new Bench({}, true, { ...DEFAULT_CAPS, relative: true });
    bench.requests.writeRaw('\x1b[H');
    assert.equal(bench.frame(), '\x1b7\x1b[H\x1b8');
    bench.requests.bell();
    assert.equal(bench.frame(), '\x07');
  });

  test('without a terminal nothing is kept and every result says so', () => {
    const bench = new Bench({ notifications: 'osc9', clipboard: true }, false);
    for (const result of [bench.requests.bell(), bench.requests.copy('x'), bench.requests.notify('x'), bench.requests.writeRaw('x'), bench.requests.declared('title')]) {
      assert.deepEqual(result, { ok: false, reason: 'no-terminal' });
    }
    bench.requests.titles.claim('x');
    assert.equal(bench.asked, 0);
    assert.equal(bench.requests.queuedBytes, 0);
  });
});

describe('caret', () => {
  test('is shown where it is, follows, and costs nothing while it stays', () => {
    const bench = new Bench();
    let at = { x: 3, y: 2 };
    const claim = bench.requests.carets.claim(() => at);
    assert.equal(bench.frame(), '\x1b[3;4H\x1b[?25h');
    assert.equal(bench.frame(), '');
    at = { x: 4, y: 2 };
    assert.equal(bench.frame(), '\x1b[C');
    at = { x: 99, y: 2 };
    assert.equal(bench.frame(), '\x1b[?25l');
    at = { x: 4, y: 2 };
    assert.equal(bench.frame(), '\x1b[?25h');
    claim.release();
    assert.equal(bench.frame(), '\x1b[?25l');
  });

  test('shapes', () => {
    const bench = new Bench();
    const claim = bench.requests.carets.claim({ x: 0, y: 0, shape: 'bar' });
    assert.ok(bench.frame().startsWith('\x1b[5 q'));
    claim.set({ x: 0, y: 0, shape: 'underline', blink: false });
    assert.equal(bench.frame(), '\x1b[4 q');
    claim.set({ x: 0, y: 0 });
    assert.equal(bench.frame(), '\x1b[0 q');
  });
});
