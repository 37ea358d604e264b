import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ByteBuffer, digitsOf } from './byte-buffer.ts';

const text = (out: ByteBuffer): string => new TextDecoder().decode(out.view());

describe('ByteBuffer', () => {
  test('writes every number of up to five digits in decimal', () => {
    const out = new ByteBuffer(1);
    for (let n = 0; n <= 99_999; n += n < 1100 ? 1 : 37) {
      out.clear();
      out.decimal(n);
      assert.equal(text(out), String(n));
      assert.equal(digitsOf(n), String(n).length);
    }
  });

  test('writes any scalar value as UTF-8, whatever its capacity was', () => {
    const scalar = fc.integer({ min: 0, max: 0x10ffff }).filter((code) => code < 0xd800 || code > 0xdfff);
    fc.assert(
      fc.property(fc.array(scalar, { maxLength: 200 }), (codes) => {
        const out = new ByteBuffer(1);
        for (const code of codes) out.codePoint(code);
        assert.deepEqual(out.view(), new TextEncoder().encode(String.fromCodePoint(...codes)));
      }),
      { numRuns: 200 },
    );
  });

  test('takes out a stretch in the middle', () => {
    const out = new ByteBuffer();
    out.ascii('abcdef');
    out.remove(1, 3);
    out.append(new TextEncoder().encode('gh'));
    out.repeat(0x21, 3);
    assert.equal(text(out), 'adefgh!!!');
  });
});
