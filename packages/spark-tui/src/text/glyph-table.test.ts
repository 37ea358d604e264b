import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OptionError } from '../base/index.ts';
import { GlyphTable, MAX_CLUSTER_CODE_POINTS } from './glyph-table.ts';
import { WORD_CLUSTER } from './run-word.ts';

test('a cluster keeps its id and gives its text and UTF-8 back', () => {
  const glyphs = new GlyphTable();
  const glyph = glyphs.intern('e\u0301');
  assert.equal(glyph & WORD_CLUSTER, WORD_CLUSTER);
  assert.equal(glyphs.intern('e\u0301'), glyph);
  assert.notEqual(glyphs.intern('a\u0301'), glyph);
  assert.equal(glyphs.text(glyph), 'e\u0301');
  assert.deepEqual([...glyphs.utf8(glyph)], [0x65, 0xcc, 0x81]);
  assert.equal(glyphs.utf8(glyph), glyphs.utf8(glyph), 'bytes are made once');
  assert.equal(glyphs.size, 2);
});

test('bits above the glyph are ignored, and a blank cell is a space', () => {
  const glyphs = new GlyphTable();
  const glyph = glyphs.intern('👍🏽');
  assert.equal(glyphs.text((glyph | (0b1111 << 24) | (2 << 22)) >>> 0), '👍🏽');
  assert.equal(glyphs.text(0x6f22 | (2 << 22)), '漢');
  assert.equal(glyphs.text(0), ' ');
  const bytes = new Uint8Array(4);
  assert.equal(glyphs.writeUtf8(0, bytes, 0), 1);
  assert.equal(bytes[0], 0x20);
});

test('written UTF-8 equals that of TextEncoder for every scalar value and for clusters', () => {
  const glyphs = new GlyphTable();
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(MAX_CLUSTER_CODE_POINTS * 4);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), (text) => {
      fc.pre(text !== '\0');
      const cp = text.codePointAt(0) as number;
      const glyph = text.length === (cp > 0xffff ? 2 : 1) ? cp : glyphs.intern(text);
      const end = glyphs.writeUtf8(glyph, bytes, 0);
      assert.deepEqual(bytes.slice(0, end), encoder.encode(text));
      assert.deepEqual(glyphs.utf8(glyph), encoder.encode(text));
      assert.equal(glyphs.text(glyph), text);
    }),
  );
});

test('a full table refuses with U+FFFD, and a sweep makes room for exactly what was not marked', () => {
  const glyphs = new GlyphTable(3);
  const a = glyphs.intern('a\u0301');
  const b = glyphs.intern('b\u0301');
  const c = glyphs.intern('c\u0301');
  assert.equal(glyphs.intern('d\u0301'), 0xfffd);
  assert.equal(glyphs.refused, 1);
  assert.equal(glyphs.intern('b\u0301'), b, 'known clusters are still found');

  glyphs.beginMark();
  glyphs.mark(a | (1 << 22));
  glyphs.mark(0x41);
  glyphs.mark(c);
  assert.equal(glyphs.sweep(), 1);
  assert.equal(glyphs.size, 2);
  assert.equal(glyphs.text(b), '\ufffd', 'a freed id shows nothing old');
  assert.equal(glyphs.text(a), 'a\u0301');

  const d = glyphs.intern('d\u0301');
  assert.equal(d, b, 'the id is used again');
  assert.deepEqual(glyphs.utf8(d), new TextEncoder().encode('d\u0301'));
  assert.equal(glyphs.intern('b\u0301'), 0xfffd);
  assert.equal(glyphs.high, 3);
});

test('what is interned while marks are collected survives the sweep', () => {
  const glyphs = new GlyphTable(4);
  glyphs.intern('a\u0301');
  const b = glyphs.intern('b\u0301');
  glyphs.beginMark();
  glyphs.sweep();
  glyphs.intern('x\u0301');
  glyphs.beginMark();
  const again = glyphs.intern('x\u0301');
  const fresh = glyphs.intern('y\u0301');
  assert.equal(glyphs.sweep(), 0);
  assert.equal(glyphs.text(again), 'x\u0301');
  assert.equal(glyphs.text(fresh), 'y\u0301');
  assert.notEqual(b, 0);
});

test('a sweep without marks begun frees nothing', () => {
  const glyphs = new GlyphTable();
  glyphs.intern('a\u0301');
  assert.equal(glyphs.sweep(), 0);
  assert.equal(glyphs.size, 1);
});

test('random interning and sweeping behaves like a map of bounded size', () => {
  const name = (n: number): string => `${String.fromCharCode(97 + n)}\u0301`;
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(11), fc.array(fc.nat(11), { maxLength: 6 })), { maxLength: 60 }), (steps) => {
      const glyphs = new GlyphTable(5);
      const model = new Map<number, string>();
      for (const step of steps) {
        if (typeof step === 'number') {
          const glyph = glyphs.intern(name(step));
          if (glyph === 0xfffd) assert.equal(model.size, 5);
          else model.set(glyph, name(step));
        } else {
          const kept = new Set(step.map(name));
          glyphs.beginMark();
          for (const [glyph, text] of model) {
            if (kept.has(text)) glyphs.mark(glyph);
            else model.delete(glyph);
          }
          glyphs.sweep();
        }
        assert.equal(glyphs.size, model.size);
        for (const [glyph, text] of model) assert.equal(glyphs.text(glyph), text);
      }
    }),
  );
});

test('a capacity that cannot be is refused', () => {
  for (const capacity of [0, -1, 1.5, NaN, 1 << 21]) assert.throws(() => new GlyphTable(capacity), OptionError);
});
