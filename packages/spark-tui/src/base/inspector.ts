/**
 * The seam of development tools in the ownership tree: an app that is looked at (creation sites, slow
 * callbacks) puts an inspector on its tally; without one, making and releasing costs one comparison with null.
 */
import type { Owned, Scope } from './scope.ts';

export interface Inspector {
  /** Something was made; the stack still shows by whom. */
  made(owned: Owned): void;
  released(owned: Owned): void;
  /** A function of the user: gives what to run instead. */
  watched<F extends (...args: never[]) => unknown>(fn: F, what: string, scope: Scope | null): F;
}

/**
 * What to call instead of `fn`, a function of the user that belongs to `scope`: `fn` itself unless a development tool
 * looks at the app. `what` names it for people. Every call of such a function goes through here, or is within one that does.
 */
export function watched<F extends (...args: never[]) => unknown>(scope: Scope, fn: F, what: string): F {
  const { inspector } = scope.tally;
  return inspector === null ? fn : inspector.watched(fn, what, scope);
}

/** What a scope, or the context of one, may know about where it stands. */
export interface Whereabouts {
  /** The component path, for people: `box#sidebar > text`. */
  path?(): string;
}

/** The component path of a scope: of its element, else of the element it is in; `''` where none is known. */
export function pathOf(scope: Scope | null): string {
  for (let at = scope; at !== null; at = at.owner) {
    const path = (at as Whereabouts).path?.() ?? '';
    if (path !== '') return path;
  }
  return (scope?.context as Whereabouts | null | undefined)?.path?.() ?? '';
}
