/** What of an app's output goes into a recording. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { RecorderFilter } from './recorder-filter.ts';

const filter = (text: string): string => new RecorderFilter().feed(text);
const CLEAR = '\x1b[m\x1b[r\x1b[H\x1b[2J';

describe('a recording', () => {
  test('keeps text, moves, erasing, scrolling, colours, links and titles', () => {
    const shown = 'ab中\r\n\x08\x07\x1b[3;4Hx\x1b[K\x1b[J\x1b[2;5r\x1b[3S\x1bM\x1b[1;38;2;1;2;3m\x1b[4:3m\x1b]8;id=a;https://a.example/\x1b\\l\x1b]8;;\x1b\\\x1b]2;title\x07\x1b[5 q\x1b[?7l\x1b[?25l\x1b[?69h\x1b[3;9s';
    assert.equal(filter(shown), shown);
  });

  test('leaves out what would ask, change or tell something where it is played', () => {
    for (const sequence of [
      '\x1b[c', '\x1b[>c', '\x1b[>q', '\x1b[6n', '\x1b[?6n', '\x1b[14t', '\x1b[22;0t', '\x1b[?2026$p', '\x1b[?u', '\x1b[>7u', '\x1b[<u', '\x1b[=1;1u',
      '\x1b[?1003h', '\x1b[?1006l', '\x1b[?2004h', '\x1b[?1004h', '\x1b[?2026h', '\x1b[?2031h', '\x1b[?2048h',
      '\x1b]52;c;c2VjcmV0\x1b\\', '\x1b]11;?\x07', '\x1b]9;4;1;50\x1b\\', '\x1b]777;notify;a;b\x07', '\x1bP+q544e\x1b\\', '\x1b_Ga=q\x1b\\', '\x1b^x\x1b\\', '\x1bXx\x1b\\',
    ]) {
      assert.equal(filter(`a${sequence}b`), 'ab', JSON.stringify(sequence));
    }
  });

  test('of several modes in one sequence keeps those that show', () => {
    assert.equal(filter('\x1b[?25;1003;7l'), '\x1b[?25;7l');
  });

  test('has its screen for itself: the alternate screen clears it, once something is shown', () => {
    const recorder = new RecorderFilter();
    assert.equal(recorder.feed('\x1b[?1049h\x1b[?7l\x1b[?25l'), '\x1b[?7l\x1b[?25l');
    assert.equal(recorder.alternate, true);
    assert.equal(recorder.feed('last frame'), `${CLEAR}last frame`);
    assert.equal(recorder.feed('\x1b[?1049l\x1b[?7h\x1b[?25h'), '\x1b[999H\x1b[?7h\x1b[?25h', 'the last frame stays');
    assert.equal(recorder.feed('inline'), `${CLEAR}inline`);
  });

  test('is the same wherever the output was cut', () => {
    const piece = fc.constantFrom('a', '中', '\r\n', '\x1b[1m', '\x1b[?1049h', '\x1b[?25l', '\x1b[c', '\x1b]52;c;eA==\x1b\\', '\x1b]8;;\x07', '\x1bPx\x1b\\', '\x1bM', '\x1b[', '\x1b', '\x1b]0;t', '\x1b[?1;25h');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(80), { maxLength: 6 }), (pieces, cuts) => {
        const all = pieces.join('');
        const places = [...new Set(cuts.map((cut) => Math.min(cut, all.length)))].toSorted((a, b) => a - b);
        const parts = new RecorderFilter();
        let out = '';
        let from = 0;
        for (const to of [...places, all.length]) {
          out += parts.feed(all.slice(from, to));
          from = to;
        }
        assert.equal(out, filter(all));
      }),
      { numRuns: 500 },
    );
  });

  test('an endless sequence is neither kept nor shown; what follows it is', () => {
    const recorder = new RecorderFilter();
    assert.equal(recorder.feed('a\x1b]52;c;'), 'a');
    for (let i = 0; i < 10; i++) assert.equal(recorder.feed('x'.repeat(65_536)), '');
    assert.equal(recorder.feed('\x1b\\b'), 'b');
  });
});
