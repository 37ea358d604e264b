import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OptionError } from '../base/index.ts';
import * as f from '../scene/index.ts';
import { parseAreas, parseGridLine, parseTracks } from './grid-parse.ts';

const names = new f.GridNames();

test('tracks: a string and an array of its pieces are the same list', () => {
  const text = parseTracks('10 25% 1fr auto minmax(4, 50%) fit-content(8) min-content', names);
  const list = parseTracks([10, '25%', '1fr', 'auto', 'minmax(4, 50%)', 'fit-content(8)', 'min-content'], names);
  assert.deepEqual(list, text);
  assert.deepEqual([...text!.sizes.subarray(0, 16)], [
    f.UNIT_CELLS, 10, f.UNIT_CELLS, 10,
    f.UNIT_PERCENT, 25, f.UNIT_PERCENT, 25,
    f.UNIT_AUTO, 0, f.UNIT_FR, 1,
    f.UNIT_AUTO, 0, f.UNIT_AUTO, 0,
  ]);
});

test('tracks: repeat() writes out its tracks, auto-fill keeps them once and knows where', () => {
  assert.equal(parseTracks('repeat(3, 1fr 2)', names)!.sizes.length, 6 * f.TRACK_WORDS);
  const auto = parseTracks('4 repeat(auto-fit, [a] 8 [b]) [c] 2', names)!;
  assert.deepEqual([auto.repeat, auto.repeatAt, auto.repeatTracks], [f.REPEAT_FIT, 1, 1]);
  assert.deepEqual([...auto.names], [
    f.SEGMENT_REPEAT, 0, names.id('a'),
    f.SEGMENT_REPEAT, 1, names.id('b'),
    f.SEGMENT_AFTER, 0, names.id('c'),
  ]);
});

test('tracks: none, nothing and an empty list are no template', () => {
  for (const input of [undefined, null, 'none', '', []]) assert.equal(parseTracks(input, names), null);
});

test('what is no list of tracks is refused with the piece that is wrong', () => {
  const wrong: [unknown, RegExp][] = [
    ['10 banana', /'banana'/],
    ['-3', /'-3'/],
    [-3, /-3 is no track/],
    [['1fr', NaN], /NaN/],
    ['minmax(1fr, 10)', /minimum of minmax/],
    ['minmax(1 2)', /',' is expected/],
    ['repeat(0, 1fr)', /repeat\(0/],
    ['repeat(auto-fill, 1) repeat(auto-fit, 2)', /twice/],
    ['repeat(2, 1fr', /'\)' is expected/],
    ['[a]', /no track/],
    ['[1x] 3', /no name/],
    [{ columns: 3 }, /no track/],
  ];
  for (const [input, message] of wrong) {
    assert.throws(() => parseTracks(input, names), (error) => error instanceof OptionError && message.test(error.message), String(input));
  }
});

test('lines: numbers, spans and names survive packing', () => {
  const parts = (input: unknown): number[] => {
    const word = parseGridLine(input, names);
    return [f.gridLineKind(word), f.gridLineNumber(word), f.gridLineName(word)];
  };
  assert.deepEqual(parts(3), [f.LINE_NUMBER, 3, 0]);
  assert.deepEqual(parts('-2'), [f.LINE_NUMBER, -2, 0]);
  assert.deepEqual(parts('span 4'), [f.LINE_SPAN, 4, 0]);
  assert.deepEqual(parts('span side'), [f.LINE_SPAN, 1, names.id('side')]);
  assert.deepEqual(parts('main'), [f.LINE_NAME, 1, names.id('main')]);
  assert.deepEqual(parts('main -2'), [f.LINE_NUMBER, -2, names.id('main')]);
  assert.deepEqual(parts(-99_999), [f.LINE_NUMBER, -f.MAX_GRID_LINE, 0]);
  assert.equal(parseGridLine('auto', names), f.LINE_AUTO);
  for (const input of [0, 1.5, '0', 'span -1', 'span 0', 'a b', true, NaN]) assert.throws(() => parseGridLine(input, names), OptionError, String(input));
});

test('areas: rectangles get their lines, anything else is refused', () => {
  const areas = parseAreas('"head head" "nav main"', names)!;
  assert.deepEqual(parseAreas(['head head', 'nav main'], names), areas);
  assert.deepEqual([areas.columns, areas.rows], [2, 2]);
  assert.deepEqual([...areas.entries.subarray(0, 5)], [names.id('head'), 0, 2, 0, 1]);
  assert.throws(() => parseAreas(['a a', 'a'], names), /row 2/);
  assert.throws(() => parseAreas(['a b', 'b a'], names), /no rectangle/);
  assert.throws(() => parseAreas(['a 1'], names), /no name/);
  assert.equal(parseAreas('none', names), null);
});
