/**
 * What an input shows: the part of the line around the caret, with the selection, the suggestion, the placeholder and
 * a drawn caret as styled parts of one text node.
 *
 *   input node   border, padding, colours, focus; owns the mouse
 *     text node  one row, as wide as there is room: the window on the line
 */
import * as s from '../scene/index.ts';
import { EditWindow, graphemes, graphemeWidth, sanitiseLine } from '../text/index.ts';
import type { ElementScope } from './element.ts';
import type { InputEditor } from './input-editor.ts';
import { checkMask, type InputCursor, type InputProps, reader } from './input-props.ts';
import { setParts } from './styled-content.ts';

/** Cells of the line when nothing says how wide the input is. */
const DEFAULT_WIDTH_CELLS = 20;

/** How a cluster shows. */
const PLAIN = 0;
const SELECTED = 1;
const GHOST = 2;
const PLACEHOLDER = 3;
const CARET = 4;

/** A drawn caret as it is to be painted now. */
export interface DrawnCaret {
  readonly cursor: InputCursor;
  /** Off: in the dark half of a blink. */
  readonly on: boolean;
}

export class InputView {
  readonly window: EditWindow = new EditWindow();
  /** The node that shows the line. */
  readonly textSlot: number;
  private readonly element: ElementScope;
  private readonly editor: InputEditor;
  private readonly mask: () => unknown;
  private readonly placeholder: () => string | undefined;
  private readonly placeholderColor: () => unknown;
  private readonly selectionFg: () => unknown;
  private readonly selectionBg: () => unknown;
  private widthCells = 0;
  private maskText = '';

  constructor(element: ElementScope, editor: InputEditor, props: InputProps) {
    const { host, slot } = element;
    const { scene } = host;
    this.element = element;
    this.editor = editor;
    this.mask = reader(props.maskChar);
    this.placeholder = reader(props.placeholder);
    this.placeholderColor = reader(props.placeholderColor);
    this.selectionFg = reader(props.selectionFg);
    this.selectionBg = reader(props.selectionBg);
    scene.setU8(slot, s.U8_FLEX_DIRECTION, s.FLEX_ROW);
    scene.setLength(slot, s.LEN_MIN_WIDTH, 1, s.UNIT_CELLS);
    scene.setF32(slot, s.F32_SHRINK_LESS, 0);
    this.textSlot = scene.create(s.KIND_TEXT, slot, s.NIL);
    const text = this.textSlot;
    scene.setU8(text, s.U8_TEXT_WRAP, s.TEXT_NOWRAP);
    scene.setU8(text, s.U8_POINTER_NONE, 1);
    scene.setLength(text, s.LEN_WIDTH, DEFAULT_WIDTH_CELLS, s.UNIT_CELLS);
    scene.setLength(text, s.LEN_MIN_WIDTH, 0, s.UNIT_CELLS);
    scene.setLength(text, s.LEN_HEIGHT, 1, s.UNIT_CELLS);
    scene.setF32(text, s.F32_GROW, 1);
  }

  /** Brings the window and the text node in line with the editor. Reads of props are tracked. */
  show(widthCells: number, isFocused: boolean, drawn: DrawnCaret | null): void {
    const { element, editor, window } = this;
    const { host, slot } = element;
    const { line } = editor;
    this.widthCells = widthCells;
    this.maskText = editor.masked() ? checkMask(host, slot, this.mask()) : '';
    window.fit(line.clusters, this.maskText === '' ? 0 : graphemeWidth(this.maskText), line.caret, widthCells);
    const ghost = isFocused ? editor.suggested() : '';
    const hint = line.text === '' ? sanitiseLine(String(this.placeholder() ?? '')) : '';
    if (ghost === '' && hint === '' && drawn === null && !line.hasSelection) this.setPlain();
    else this.setStyled(ghost, hint, drawn);
  }

  /** The place between clusters that a screen column means. */
  placeAt(x: number): number {
    const { scene } = this.element.host;
    return this.window.placeAt(x - scene.i32.array[s.I32_X * scene.capacity + this.textSlot]);
  }

  private clusterAt(place: number): string {
    return this.maskText === '' ? this.editor.line.clusters[place] : this.maskText;
  }

  private setPlain(): void {
    const { window, element, textSlot, maskText } = this;
    const { scene } = element.host;
    const count = window.end - window.first;
    const text = maskText === '' ? this.editor.line.clusters.slice(window.first, window.end).join('') : maskText.repeat(count);
    scene.setText(textSlot, text);
    if (scene.textStyles.spans.size > 0) scene.textStyles.setSpans(textSlot, null);
  }

  private setStyled(ghost: string, hint: string, drawn: DrawnCaret | null): void {
    const { window } = this;
    const { line } = this.editor;
    const clusters: string[] = [];
    const kinds: number[] = [];
    for (let i = window.first; i < window.end; i++) {
      clusters.push(this.clusterAt(i));
      kinds.push(i >= line.selectionStart && i < line.selectionEnd ? SELECTED : PLAIN);
    }
    const add = (text: string, kind: number): void => {
      // No more than can show.
      for (const cluster of graphemes(text.slice(0, 32 * (this.widthCells + 1))).slice(0, this.widthCells)) {
        clusters.push(cluster);
        kinds.push(kind);
      }
    };
    if (ghost !== '') add(ghost, GHOST);
    if (hint !== '') add(hint, PLACEHOLDER);
    if (drawn !== null) {
      const at = line.caret - window.first;
      if (at === clusters.length) {
        clusters.push(' ');
        kinds.push(PLAIN);
      }
      drawCaret(clusters, kinds, at, drawn);
    }
    setParts(this.element.host, this.textSlot, this.partsOf(clusters, kinds, drawn?.cursor));
  }

  private partsOf(clusters: readonly string[], kinds: readonly number[], cursor: InputCursor | undefined): unknown[] {
    const parts: unknown[] = [];
    for (let from = 0; from < clusters.length; ) {
      let to = from + 1;
      while (to < clusters.length && kinds[to] === kinds[from]) to++;
      const text = clusters.slice(from, to).join('');
      parts.push(this.partOf(text, kinds[from], cursor));
      from = to;
    }
    return parts;
  }

  private partOf(text: string, kind: number, cursor: InputCursor | undefined): unknown {
    if (kind === PLAIN) return text;
    if (kind === GHOST) return { text, dim: true };
    if (kind === SELECTED) return colored(text, this.selectionFg(), this.selectionBg());
    if (kind === CARET) return cursor?.style === 'underline' ? { text, fg: cursor.fg, bg: cursor.bg, underline: true } : colored(text, cursor?.fg, cursor?.bg);
    const fg = this.placeholderColor();
    return fg === undefined || fg === null ? { text, dim: true } : { text, fg };
  }
}

/** Colours, or reversed when there are none. */
function colored(text: string, fg: unknown, bg: unknown): unknown {
  return (fg ?? bg ?? null) === null ? { text, inverse: true } : { text, fg, bg };
}

/** Puts the caret into the cluster `at`. What is drawn instead of the cluster must take its cells. */
function drawCaret(clusters: string[], kinds: number[], at: number, { cursor, on }: DrawnCaret): void {
  const given = on ? cursor.char : cursor.altChar;
  const isBlank = clusters[at] === ' ';
  const isBar = on && cursor.style === 'bar' && isBlank && given === undefined;
  const glyph = isBar ? '▏' : given;
  if (glyph !== undefined && graphemeWidth(glyph) === graphemeWidth(clusters[at])) clusters[at] = glyph;
  if (isBar) {
    kinds[at] = (cursor.fg ?? cursor.bg ?? null) === null ? PLAIN : CARET;
  } else if (on && (given === undefined || (cursor.fg ?? cursor.bg ?? null) !== null)) kinds[at] = CARET;
}
