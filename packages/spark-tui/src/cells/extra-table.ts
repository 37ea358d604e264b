/**
 * What a cell can carry beyond colours and attributes: a hyperlink and a colour of the underline. Both
 * are rare and large, so a cell holds a 16-bit id (bits 16–31 of word 3) and this table what it means.
 *
 *   ids: Map key → id        links[id] = 'https://…'   linkIds[id] = 'k3f'   colors[id] = packed colour
 *        id 0 means "nothing" and is never given out; 1 … next-1 are in use or on the free list
 *
 * Bounded: at `capacity` entries `intern` returns 0 and counts it in `refused`; the owner then marks the
 * ids it still keeps (cells, text spans, nodes) and sweeps. Nothing else frees an id.
 *
 * Invariants: a link held here is printable ASCII without `;`, a link id is `[A-Za-z0-9_.-]*`: both can be
 * written into an OSC 8 as they are.
 */
import { OptionError } from '../base/index.ts';

/** Most entries an extra table can hold: ids are 16 bits, and 0 is taken. */
export const MAX_EXTRAS = 0xffff;

/** Where the extra id starts in word 3 of a cell. */
export const STYLE_EXTRA_SHIFT = 16;

/** What an encoder has to know about the extra ids of cells. */
export interface ExtraSource {
  /** The link of an id: bytes safe inside OSC 8; `''` = no link. */
  link(id: number): string;
  /** The `id` parameter of the link, which makes pieces of it one; `''` = none. */
  linkId(id: number): string;
  /** Packed colour of the underline; 0 = that of the text. */
  underlineColor(id: number): number;
}

const SAFE_LINK = /^[\x21-\x3a\x3c-\x7e]*$/;
const SAFE_LINK_ID = /^[A-Za-z0-9_.-]*$/;

/**
 * Two-way table of links and underline colours, one for each app.
 *
 * @example
 * const extras = new ExtraTable();
 * const id = extras.intern('https://example.org/', 'a', 0);
 * extras.link(id); // 'https://example.org/'
 */
export class ExtraTable implements ExtraSource {
  /** Most entries held at once. */
  readonly capacity: number;
  /** Highest `size` seen. */
  high = 0;
  /** How often `intern` had no room and gave 0. */
  refused = 0;
  /** Makes room when the table is full; returns whether there is some. Set by who knows cells and texts. */
  onFull: (() => boolean) | null = null;
  private readonly ids = new Map<string, number>();
  private readonly keys: string[] = [''];
  private readonly links: string[] = [''];
  private readonly linkIds: string[] = [''];
  private readonly colors: number[] = [0];
  private readonly free: number[] = [];
  /** One byte an id between `beginMark` and `sweep`, else empty. */
  private marks: Uint8Array = new Uint8Array(0);

  /** @throws OptionError when `capacity` is not an integer from 1 to 65,535. */
  constructor(capacity: number = MAX_EXTRAS) {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > MAX_EXTRAS) {
      throw new OptionError(`capacity of an extra table must be an integer from 1 to ${MAX_EXTRAS}, not ${capacity}`);
    }
    this.capacity = capacity;
  }

  /** Entries held now. */
  get size(): number {
    return this.ids.size;
  }

  /**
   * The id of a link (`''` = none) with its link id and an underline colour (0 = none); 0 when there is
   * nothing to remember, or no room.
   *
   * @throws OptionError when link or link id hold bytes that cannot stand in an OSC 8; see `safeLink`.
   */
  intern(link: string, linkId: string, underlineColor: number): number {
    if (link === '' && underlineColor === 0) return 0;
    const id = link === '' ? '' : linkId;
    const key = `${underlineColor};${id};${link}`;
    const known = this.ids.get(key);
    if (known !== undefined) {
      if (known < this.marks.length) this.marks[known] = 1;
      return known;
    }
    if (!SAFE_LINK.test(link)) throw new OptionError(`link ${JSON.stringify(link)} must be printable ASCII without ';'`);
    if (!SAFE_LINK_ID.test(id)) throw new OptionError(`link id ${JSON.stringify(id)} may hold letters, digits, '_', '.' and '-' only`);
    if (this.ids.size >= this.capacity) {
      this.refused++;
      return 0;
    }
    const made = this.free.pop() ?? this.links.length;
    this.keys[made] = key;
    this.links[made] = link;
    this.linkIds[made] = id;
    this.colors[made] = underlineColor;
    if (made < this.marks.length) this.marks[made] = 1;
    this.ids.set(key, made);
    if (this.ids.size > this.high) this.high = this.ids.size;
    return made;
  }

  /**
   * The id of `over` laid on `under`: a link or underline colour that `over` does not have is that of `under`.
   * Without room for the two together it is `over`.
   */
  // hot: 0.1 µs when both are given and differ; else no work
  combine(over: number, under: number): number {
    if (under === 0 || over === under) return over;
    if (over === 0) return under;
    const { links, linkIds, colors } = this;
    const source = links[over] === '' ? under : over;
    const color = colors[over] === 0 ? colors[under] : colors[over];
    if (source === over && color === colors[over]) return over;
    return this.intern(links[source], linkIds[source], color) || over;
  }

  link(id: number): string {
    return this.links[id] ?? '';
  }

  linkId(id: number): string {
    return this.linkIds[id] ?? '';
  }

  underlineColor(id: number): number {
    return this.colors[id] ?? 0;
  }

  /** Starts a collection: nothing is in use until marked. */
  beginMark(): void {
    this.marks = new Uint8Array(this.links.length);
  }

  /** Says that an id is kept somewhere. */
  mark(id: number): void {
    if (id < this.marks.length) this.marks[id] = 1;
  }

  /** Frees all ids not marked since `beginMark`. Returns how many. */
  sweep(): number {
    const { marks } = this;
    this.marks = new Uint8Array(0);
    let freed = 0;
    for (let id = 1; id < marks.length; id++) {
      if (marks[id] === 1 || this.keys[id] === '') continue;
      this.ids.delete(this.keys[id]);
      this.keys[id] = '';
      this.links[id] = '';
      this.linkIds[id] = '';
      this.colors[id] = 0;
      this.free.push(id);
      freed++;
    }
    return freed;
  }
}
