/**
 * `text`: shows a string. It is sanitised, measured and shaped once when it is set; wraps by default.
 */
import { OptionError } from '../base/index.ts';
import { KIND_TEXT, U32_ATTRS } from '../scene/index.ts';
import { ATTR_MASK } from '../style/index.ts';
import { applyProps, bindProp, buildElement, createElement, type ElementScope } from './element.ts';
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
 */
export function text(props: TextProps): Cleanup {
  const element = createElement(KIND_TEXT, currentPlace('text()'));
  return buildElement(element, () => {
    applyProps(element, props, TEXT_PROPS, 'text');
    if (props.attrs !== undefined) bindAttrs(element, props.attrs);
    bindProp(props.content, (value) => setContent(element, value), 'content');
  });
}

function setContent(element: ElementScope, value: unknown): void {
  const { host, slot } = element;
  if (typeof value === 'string') host.scene.setText(slot, value);
  else if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') host.scene.setText(slot, String(value));
  else if (value === undefined || value === null) host.scene.setText(slot, '');
  else throw new OptionError(`${host.describe(slot)}: content is ${Object.prototype.toString.call(value)}; expected a string or a number`);
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
