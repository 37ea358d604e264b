/**
 * `box`: the container. Lays out its children in a column (or row, wrapped, …), may have a background,
 * a border, handlers.
 */
import { OptionError } from '../base/index.ts';
import { KIND_BOX, NIL } from '../scene/index.ts';
import { applyProps, buildElement, createElement, type ElementScope } from './element.ts';
import { currentPlace, type Host, Place } from './host.ts';
import { BOX_PROPS } from './prop-table.ts';
import type { BoxProps, Cleanup } from './props.ts';

/** `children` functions nest by plain calls up to this depth; deeper ones run after these returned. */
const MAX_NESTING = 256;

/**
 * A container.
 *
 * @param props layout, colours, border, handlers; or with `children` among them
 * @param children makes the content; runs once
 * @returns disposes the box and everything in it
 * @throws PhaseError outside an app; OptionError when a prop has a value that cannot be used
 * @example
 * box({ flexDirection: 'row', border: 'rounded', padding: 1 }, () => {
 *   text({ content: 'Hello' });
 * });
 */
export function box(props: BoxProps = {}, children?: () => unknown): Cleanup {
  const place = currentPlace('box()');
  const { host } = place;
  const element = createElement(KIND_BOX, place);
  return buildElement(element, () => {
    applyProps(element, props, BOX_PROPS, 'box');
    const content = children ?? props.children;
    if (content === undefined || content === null) return;
    if (typeof content !== 'function') {
      throw new OptionError(`${host.describe(element.slot)}: children is ${String(content)}; expected a function that makes them`);
    }
    element.context = new Place(host, element.slot, NIL);
    nest(host, element, content);
  });
}

/** Calls `children` now, or later when the calls nest too deeply: depth of a tree is not a limit. */
function nest(host: Host, element: ElementScope, children: () => unknown): void {
  const { nesting } = host;
  if (nesting.depth >= MAX_NESTING) {
    nesting.waiting.push(() => {
      if (!element.disposed) buildElement(element, () => nest(host, element, children));
    });
    return;
  }
  nesting.depth++;
  try {
    children();
  } finally {
    nesting.depth--;
  }
  if (nesting.depth > 0 || nesting.draining) return;
  nesting.draining = true;
  try {
    for (let i = 0; i < nesting.waiting.length; i++) nesting.waiting[i]();
  } finally {
    nesting.waiting.length = 0;
    nesting.draining = false;
  }
}
