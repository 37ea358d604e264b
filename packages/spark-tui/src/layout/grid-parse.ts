/**
 * Grid properties as users write them → compiled lists of the scene (`scene/grid-style.ts`).
 *
 *   tracks   `'10 1fr minmax(4, 50%) repeat(auto-fill, [a] 8 [b])'`, or the same pieces in an array
 *   lines    `3`, `-1`, `'span 2'`, `'header'`, `'main 2'`, `'span side'`
 *   areas    `'"a a" "b c"'`, or an array with a string a row (`.` is an empty cell)
 *
 * Numbers are cells. Every function throws OptionError with a message that says what was expected.
 */
import { OptionError } from '../base/index.ts';
import {
  type GridAreas,
  type GridNames,
  gridLine,
  LINE_AUTO,
  LINE_NAME,
  LINE_NUMBER,
  LINE_SPAN,
  MAX_GRID_LINE,
  REPEAT_FILL,
  REPEAT_FIT,
  REPEAT_NONE,
  SEGMENT_AFTER,
  SEGMENT_BEFORE,
  SEGMENT_REPEAT,
  TRACK_FIT_PERCENT,
  TRACK_WORDS,
  type TrackList,
  UNIT_AUTO,
  UNIT_CELLS,
  UNIT_FIT_CONTENT,
  UNIT_FR,
  UNIT_MAX_CONTENT,
  UNIT_MIN_CONTENT,
  UNIT_PERCENT,
  UNIT_VH,
  UNIT_VW,
} from '../scene/index.ts';

/** Tracks: a CSS string, a number of cells, or an array of such pieces. */
export type TrackInput = string | number | readonly (string | number)[];

const UNITS: Readonly<Record<string, number>> = {
  '': UNIT_CELLS,
  '%': UNIT_PERCENT,
  fr: UNIT_FR,
  vw: UNIT_VW,
  vh: UNIT_VH,
};
const KEYWORDS: Readonly<Record<string, number>> = {
  auto: UNIT_AUTO,
  'min-content': UNIT_MIN_CONTENT,
  'max-content': UNIT_MAX_CONTENT,
};
const TOKENS = /\s*(?:([()[\],])|([^\s()[\],]+))/gy;
/** Most tracks one list may have. */
const MAX_TRACKS = MAX_GRID_LINE;

interface Size {
  readonly unit: number;
  readonly value: number;
}

/** Reads one list, token by token. */
class TrackParser {
  private readonly tokens: string[] = [];
  private at = 0;
  private readonly names: GridNames;
  private readonly source: string;
  readonly sizes: number[] = [];
  readonly lineNames: number[] = [];
  repeat = REPEAT_NONE;
  repeatAt = 0;
  repeatTracks = 0;

  constructor(source: string, names: GridNames) {
    this.source = source;
    this.names = names;
    TOKENS.lastIndex = 0;
    for (let match = TOKENS.exec(source); match !== null; match = TOKENS.exec(source)) {
      this.tokens.push(match[1] ?? match[2]);
    }
  }

  fail(reason: string): never {
    throw new OptionError(`'${this.source}' is no list of tracks: ${reason}`);
  }

  parse(): void {
    this.list(false);
    if (this.at < this.tokens.length) this.fail(`'${this.tokens[this.at]}' is not expected there`);
    if (this.sizes.length === 0) this.fail('there is no track in it');
  }

  private get count(): number {
    return this.sizes.length / TRACK_WORDS;
  }

  /** Tracks and names up to the end of the list or its closing bracket. */
  private list(inRepeat: boolean): void {
    while (this.at < this.tokens.length && this.tokens[this.at] !== ')') {
      const token = this.tokens[this.at];
      if (token === '[') this.nameList(inRepeat);
      else if (token === 'repeat' && !inRepeat) this.repeated();
      else this.track();
    }
  }

  private nameList(inRepeat: boolean): void {
    this.expect('[');
    while (this.tokens[this.at] !== ']') {
      const name = this.tokens[this.at++];
      if (name === undefined || !isName(name)) this.fail(`'${name ?? ''}' is no name for a line`);
      const id = this.names.id(name);
      if (inRepeat && this.repeat !== REPEAT_NONE && this.autoRepeatOpen) {
        this.lineNames.push(SEGMENT_REPEAT, this.count - this.repeatAt, id);
      } else if (this.repeat !== REPEAT_NONE && !this.autoRepeatOpen) {
        this.lineNames.push(SEGMENT_AFTER, this.count - this.repeatAt - this.repeatTracks, id);
      } else this.lineNames.push(SEGMENT_BEFORE, this.count, id);
    }
    this.expect(']');
  }

  private autoRepeatOpen = false;

  private repeated(): void {
    this.expect('repeat');
    this.expect('(');
    const times = this.tokens[this.at++];
    this.expect(',');
    if (times === 'auto-fill' || times === 'auto-fit') {
      if (this.repeat !== REPEAT_NONE) this.fail('it repeats automatically twice');
      this.repeat = times === 'auto-fill' ? REPEAT_FILL : REPEAT_FIT;
      this.repeatAt = this.count;
      this.autoRepeatOpen = true;
      this.list(true);
      this.autoRepeatOpen = false;
      this.repeatTracks = this.count - this.repeatAt;
      if (this.repeatTracks === 0) this.fail('its repeat() has no track');
    } else {
      const count = Number(times);
      if (!Number.isInteger(count) || count < 1) this.fail(`repeat(${times ?? ''}, …) needs a whole number, auto-fill or auto-fit`);
      const body = this.at;
      // Beyond the last line there is can be none: what does not fit is left out.
      for (let k = 0; k < count; k++) {
        this.at = body;
        this.list(true);
        if (this.count >= MAX_TRACKS) break;
      }
      this.skipToEnd();
    }
    this.expect(')');
  }

  /** To the closing bracket of the repeat() whose body was left early. */
  private skipToEnd(): void {
    for (let open = 0; this.at < this.tokens.length; this.at++) {
      if (this.tokens[this.at] === '(') open++;
      else if (this.tokens[this.at] === ')' && open-- === 0) return;
    }
  }

  private track(): void {
    const token = this.tokens[this.at];
    if (token === 'minmax') {
      this.at++;
      this.expect('(');
      const min = this.size();
      this.expect(',');
      const max = this.size();
      this.expect(')');
      if (min.unit === UNIT_FR) this.fail('the minimum of minmax() cannot be a fraction');
      this.sizes.push(min.unit, min.value, max.unit, max.value);
    } else if (token === 'fit-content') {
      this.at++;
      this.expect('(');
      const limit = this.size();
      this.expect(')');
      if (limit.unit !== UNIT_CELLS && limit.unit !== UNIT_PERCENT) this.fail('fit-content() takes cells or a percentage');
      const unit = limit.unit === UNIT_PERCENT ? TRACK_FIT_PERCENT : UNIT_FIT_CONTENT;
      this.sizes.push(UNIT_AUTO, 0, unit, limit.value);
    } else {
      const size = this.size();
      if (size.unit === UNIT_FR) this.sizes.push(UNIT_AUTO, 0, UNIT_FR, size.value);
      else this.sizes.push(size.unit, size.value, size.unit, size.value);
    }
  }

  private size(): Size {
    const token = this.tokens[this.at++];
    const keyword = token === undefined ? undefined : KEYWORDS[token];
    if (keyword !== undefined) return { unit: keyword, value: 0 };
    const match = /^(\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|fr|vw|vh|)$/i.exec(token ?? '');
    if (match === null) {
      this.fail(`'${token ?? ''}' is not cells (0 or more), 'NN%', 'NNfr', 'NNvw', 'NNvh', auto, min-content, max-content, minmax(), fit-content() or repeat()`);
    }
    const value = Number(match[1]);
    if (!Number.isFinite(value)) this.fail(`'${token ?? ''}' is too large`);
    return { unit: UNITS[match[2]], value };
  }

  private expect(token: string): void {
    const found = this.tokens[this.at++];
    if (found !== token) this.fail(`'${token}' is expected instead of '${found ?? 'the end'}'`);
  }
}

function isName(token: string): boolean {
  return /^-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*$/.test(token) && token !== 'span' && token !== 'auto';
}

/**
 * Compiles a list of tracks. Null for `none`, an empty list or nothing.
 *
 * @throws OptionError when it cannot be read
 */
export function parseTracks(input: unknown, names: GridNames): TrackList | null {
  if (input === undefined || input === null || input === 'none' || input === '') return null;
  const pieces: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (pieces.length === 0) return null;
  for (const piece of pieces) {
    const fits = typeof piece === 'string' || (typeof piece === 'number' && piece >= 0 && Number.isFinite(piece));
    if (!fits) throw new OptionError(`${String(piece)} is no track: expected cells (0 or more) or a string`);
  }
  const key = pieces.join(' ');
  const parser = new TrackParser(key, names);
  parser.parse();
  return {
    key,
    sizes: Float64Array.from(parser.sizes),
    repeat: parser.repeat,
    repeatAt: parser.repeatAt,
    repeatTracks: parser.repeatTracks,
    names: Int32Array.from(parser.lineNames),
  };
}

/**
 * A line word for where an item starts or ends.
 *
 * @throws OptionError when it cannot be read
 */
export function parseGridLine(input: unknown, names: GridNames): number {
  if (input === undefined || input === null || input === 'auto' || input === '') return LINE_AUTO;
  if (typeof input === 'number') {
    if (!Number.isInteger(input) || input === 0) throw lineError(input);
    return gridLine(LINE_NUMBER, input, 0);
  }
  if (typeof input !== 'string') throw lineError(input);
  let span = false;
  let number: number | null = null;
  let name = '';
  for (const part of input.trim().split(/\s+/)) {
    if (part === 'span' && !span) span = true;
    else if (/^[+-]?\d+$/.test(part) && number === null) number = Number(part);
    else if (isName(part) && name === '') name = part;
    else throw lineError(input);
  }
  if (number === 0 || (span && number !== null && number < 0) || (number === null && name === '')) throw lineError(input);
  if (span) return gridLine(LINE_SPAN, number ?? 1, name === '' ? 0 : names.id(name));
  if (number === null) return gridLine(LINE_NAME, 1, names.areaId(name));
  return gridLine(LINE_NUMBER, number, name === '' ? 0 : names.id(name));
}

function lineError(input: unknown): OptionError {
  const shown = typeof input === 'string' ? `'${input}'` : String(input);
  return new OptionError(`${shown} is no grid line: expected a whole number but 0, 'span N', a name, or 'auto'`);
}

/**
 * Compiles named areas. Null for `none` or nothing.
 *
 * @throws OptionError when rows differ in length or an area is no rectangle
 */
export function parseAreas(input: unknown, names: GridNames): GridAreas | null {
  if (input === undefined || input === null || input === 'none' || input === '') return null;
  let rows: readonly string[];
  if (Array.isArray(input) && input.every((row) => typeof row === 'string')) rows = input as string[];
  else if (typeof input === 'string') rows = /["']/.test(input) ? [...input.matchAll(/"([^"]*)"|'([^']*)'/g)].map((m) => m[1] ?? m[2]) : input.split('\n');
  else throw new OptionError(`${String(input)} is no set of areas: expected a string a row`);
  const cells = rows.map((row) => row.trim().split(/\s+/)).filter((row) => row[0] !== '');
  const columns = cells[0]?.length ?? 0;
  if (columns === 0) throw new OptionError('a set of areas needs at least one row with one name');
  const found = new Map<string, [number, number, number, number]>();
  cells.forEach((row, r) => {
    if (row.length !== columns) throw new OptionError(`row ${r + 1} of the areas has ${row.length} cells, the first has ${columns}`);
    row.forEach((name, c) => {
      if (/^\.+$/.test(name)) return;
      if (!isName(name)) throw new OptionError(`'${name}' is no name for an area`);
      const box = found.get(name);
      if (box === undefined) found.set(name, [c, c + 1, r, r + 1]);
      else {
        box[0] = Math.min(box[0], c);
        box[1] = Math.max(box[1], c + 1);
        box[3] = r + 1;
      }
    });
  });
  const entries: number[] = [];
  for (const [name, [c0, c1, r0, r1]] of found) {
    for (let r = r0; r < r1; r++) {
      for (let c = c0; c < c1; c++) if (cells[r][c] !== name) throw new OptionError(`the area '${name}' is no rectangle`);
    }
    entries.push(names.areaId(name), c0, c1, r0, r1);
  }
  return { key: cells.map((row) => row.join(' ')).join('\n'), columns, rows: cells.length, entries: Int32Array.from(entries) };
}
