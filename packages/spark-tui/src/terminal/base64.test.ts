import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { base64Length, decodeBase64, encodeBase64 } from './base64.ts';

describe('base64', () => {
  test('writes and reads what the runtime writes and reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64(bytes);
        assert.equal(text, Buffer.from(bytes).toString('base64'));
        assert.equal(text.length, base64Length(bytes.length));
        assert.deepEqual(decodeBase64(text), bytes);
        assert.deepEqual(decodeBase64(text.replaceAll('=', '')), bytes);
      }),
    );
  });

  test('what is no base64 is null', () => {
    for (const text of ['a', 'ab=c', 'ab!d', 'ä===', 'abcde']) assert.equal(decodeBase64(text), null, text);
    assert.deepEqual(decodeBase64(' YW\nI= '), Uint8Array.of(97, 98));
  });
});
