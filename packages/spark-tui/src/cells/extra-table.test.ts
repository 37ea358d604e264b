import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ExtraTable } from './index.ts';

test('an id gives back what was interned, and the same again has the same id', () => {
  const extras = new ExtraTable();
  const link = extras.intern('https://example.org/', 'a1', 0);
  const color = extras.intern('', '', 0xffff_0000);
  const both = extras.intern('https://example.org/', 'a1', 0xffff_0000);
  assert.equal(new Set([0, link, color, both]).size, 4);
  assert.equal(extras.intern('https://example.org/', 'a1', 0), link);
  assert.equal(extras.link(both), 'https://example.org/');
  assert.equal(extras.linkId(both), 'a1');
  assert.equal(extras.underlineColor(both), 0xffff_0000);
  assert.equal(extras.link(color), '');
  assert.equal(extras.size, 3);
});

test('id 0 and unknown ids mean nothing', () => {
  const extras = new ExtraTable();
  assert.equal(extras.intern('', '', 0), 0);
  assert.equal(extras.intern('', 'alone', 0), 0, 'a link id without a link is nothing');
  for (const id of [0, 7, 65_535]) {
    assert.equal(extras.link(id), '');
    assert.equal(extras.linkId(id), '');
    assert.equal(extras.underlineColor(id), 0);
  }
});

test('what could end an OSC 8 early is refused', () => {
  const extras = new ExtraTable();
  for (const link of ['https://a\u001b\\', 'https://a\u0007', 'https://a b', 'https://a;b', 'https://ä', '\u009c']) {
    assert.throws(() => extras.intern(link, '', 0), /printable ASCII/);
  }
  assert.throws(() => extras.intern('https://a', 'x:y', 0), /letters, digits/);
  assert.equal(extras.size, 0);
  assert.throws(() => new ExtraTable(65_536), /65535/);
});

test('laid over another, an entry keeps what it has and takes what it lacks', () => {
  const extras = new ExtraTable();
  const link = extras.intern('https://a', '', 0);
  const other = extras.intern('https://b', '', 0xff00_00ff);
  const color = extras.intern('', '', 0xffff_0000);
  assert.equal(extras.combine(0, link), link);
  assert.equal(extras.combine(link, 0), link);
  const linkOnColor = extras.combine(link, color);
  assert.equal(extras.link(linkOnColor), 'https://a');
  assert.equal(extras.underlineColor(linkOnColor), 0xffff_0000);
  assert.equal(extras.combine(color, link), linkOnColor);
  assert.equal(extras.combine(other, linkOnColor), other);
});

test('a full table gives 0 and counts it; a sweep frees what is not marked', () => {
  const extras = new ExtraTable(3);
  const ids = [1, 2, 3].map((n) => extras.intern(`https://${n}`, '', 0));
  assert.equal(extras.intern('https://4', '', 0), 0);
  assert.equal(extras.refused, 1);
  extras.beginMark();
  extras.mark(ids[1]);
  extras.mark(0);
  extras.mark(60_000);
  assert.equal(extras.sweep(), 2);
  assert.equal(extras.size, 1);
  assert.equal(extras.link(ids[1]), 'https://2');
  assert.equal(extras.link(ids[0]), '');
  assert.ok(ids.includes(extras.intern('https://4', '', 0)), 'ids are used again');
  assert.equal(extras.high, 3);
});

test('property: ids of what is marked never change, whatever is interned and swept', () => {
  const action = fc.record({ n: fc.integer({ min: 1, max: 12 }), color: fc.constantFrom(0, 0xff00_0001), sweep: fc.boolean() });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const extras = new ExtraTable(8);
      const kept = new Map<number, string>();
      for (const { n, color, sweep } of actions) {
        const id = extras.intern(`https://${n}`, '', color);
        if (id !== 0) kept.set(id, `https://${n} ${color}`);
        if (sweep) {
          for (const known of kept.keys()) if (known % 2 === 0) kept.delete(known);
          extras.beginMark();
          for (const known of kept.keys()) extras.mark(known);
          extras.sweep();
          assert.equal(extras.size, kept.size);
        }
        for (const [known, what] of kept) assert.equal(`${extras.link(known)} ${extras.underlineColor(known)}`, what);
        assert.ok(extras.size <= 8);
      }
    }),
  );
});
