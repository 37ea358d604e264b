import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkIdOf, linkProblem, safeLink } from './index.ts';

test('addresses of the allowed schemes stay as they are', () => {
  for (const link of ['https://example.org/a?b=c&d#e', 'http://x', 'ftp://host/file', 'mailto:me@example.org', 'file:///etc/hosts', 'HTTPS://X']) {
    assert.equal(safeLink(link), link);
    assert.equal(linkProblem(link), null);
  }
});

test('other schemes, and what has none, are no links', () => {
  for (const link of ['javascript:alert(1)', 'data:text/html,x', 'ssh://host', 'example.org', '', ' https://x', 'x-https://y', 'java\nscript:x', '\u001bhttps://x']) {
    assert.equal(safeLink(link), '');
    assert.match(linkProblem(link) ?? '', /must begin with/);
  }
});

test('what a terminal could take for more than a link is percent-encoded', () => {
  assert.equal(safeLink('https://x/a b;c'), 'https://x/a%20b%3Bc');
  assert.equal(safeLink('https://x/\u001b]0;PWNED\u0007'), 'https://x/%1B]0%3BPWNED%07');
  assert.equal(safeLink('https://x/ä漢\ud800\u007f'), 'https://x/%C3%A4%E6%BC%A2%EF%BF%BD%7F');
  assert.equal(safeLink('https://x/%20'), 'https://x/%20', 'nothing is encoded twice');
});

test('a link has at most 2,083 bytes', () => {
  const fits = `https://x/${'a'.repeat(2073)}`;
  assert.equal(safeLink(fits), fits);
  assert.equal(safeLink(`${fits}a`), '');
  assert.match(linkProblem(`https://x/${'ä'.repeat(400)}`) ?? '', /longer than 2083/);
});

test('property: a link is printable ASCII without a semicolon, and safe again as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (rest) => {
      const link = safeLink(`https://${rest}`);
      assert.match(link, /^[\x21-\x3a\x3c-\x7e]+$/);
      assert.equal(safeLink(link), link);
      assert.match(linkIdOf(link), /^[a-z0-9]{1,4}$/);
    }),
  );
});
