/**
 * `text`: shows a string or styled parts. It is sanitised, measured and shaped once when it is set; wraps by default.
 */
import { OptionError } from '../base/index.ts';
import { KIND_TEXT, U32_ATTRS } from '../scene/index.ts';
import { ATTR_MASK, parseAnsi } from '../style/index.ts';
import { setParts } from './styled-content.ts';
import { applyProps, bindProp, buildElement, createElement, type ElementScope, isSource } from './element.ts';
import { currentPlace } from './host.ts';
import { TEXT_PROPS } from './prop-table.ts';
import type { Cleanup, TextProps } from './props.ts';

/**
 * Text.
 *
 * @returns disposes the text
 * @throws PhaseError outside an app; OptionError when a prop has a value that cannot be used
 * @example
 * const count = signal(0);
 * text({ content: () => `Count: ${count.value}`, fg: 'yellow', bold: true });
 * text({ content: ['Saved ', { text: 'notes.txt', italic: true, link: 'https://example.org/notes' }] });
 */
export function text(props: TextProps): Cleanup {
  const element = createElement(KIND_TEXT, currentPlace('text()'));
  return buildElement(element, () => {
    applyProps(element, props, TEXT_PROPS, 'text');
    if (props.attrs !== undefined) bindAttrs(element, props.attrs);
    bindContent(element, props);
  });
}

function bindContent(element: ElementScope, { content, ansi }: TextProps): void {
  if (ansi === undefined || ansi === false) {
    bindProp(content, (value) => setContent(element, value), 'content');
    return;
  }
  if (ansi === true) {
    bindProp(content, (value) => setAnsi(element, value), 'content');
    return;
  }
  const readContent = readerOf(content);
  const readAnsi = readerOf(ansi);
  const apply = (): void => {
    const isAnsi = readAnsi();
    if (isAnsi === true) setAnsi(element, readContent());
    else if (isAnsi === false || isAnsi === undefined || isAnsi === null) setContent(element, readContent());
    else throw new OptionError(`${element.host.describe(element.slot)}: ansi is ${String(isAnsi)}; expected true or false`);
  };
  bindProp(apply, () => {}, 'content');
}

/** Reads a prop now, wherever it comes from. */
function readerOf(prop: unknown): () => unknown {
  if (typeof prop === 'function') return prop as () => unknown;
  return isSource(prop) ? () => prop.value : () => prop;
}

function setAnsi(element: ElementScope, value: unknown): void {
  const { host, slot } = element;
  if (Array.isArray(value)) {
    throw new OptionError(`${host.describe(slot)}: content is a list of parts; with ansi it must be a string`);
  }
  if (typeof value === 'string') setParts(host, slot, parseAnsi(value));
  else setContent(element, value);
}

function setContent(element: ElementScope, value: unknown): void {
  const { host, slot } = element;
  const { scene } = host;
  if (Array.isArray(value)) {
    setParts(host, slot, value);
    return;
  }
  if (typeof value === 'string') scene.setText(slot, value);
  else if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') scene.setText(slot, String(value));
  else if (value === undefined || value === null) scene.setText(slot, '');
  else throw new OptionError(`${host.describe(slot)}: content is ${Object.prototype.toString.call(value)}; expected a string, a number or a list of parts`);
  if (scene.textStyles.spans.size > 0) scene.textStyles.setSpans(slot, null);
}

/** Bits of `attrs` lie on top of those of the single props: in the upper half of the column. */
function bindAttrs(element: ElementScope, attrs: unknown): void {
  const { host, slot } = element;
  bindProp(
    attrs,
    (value) => {
      if (value !== undefined && value !== null && !Number.isInteger(value)) {
        throw new OptionError(`${host.describe(slot)}: attrs is ${String(value)}; expected attribute bits such as Attr.BOLD`);
      }
      const bits = ((value as number | undefined) ?? 0) & ATTR_MASK;
      const old = host.scene.u32.array[U32_ATTRS * host.scene.capacity + slot];
      host.scene.setU32(slot, U32_ATTRS, ((old & 0xffff) | (bits << 16)) >>> 0);
    },
    'attrs',
  );
}
