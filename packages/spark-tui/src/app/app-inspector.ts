/**
 * Development tools of one app, on only when asked for by an option: where everything that is owned was made
 * (`trackCreation`), and which functions of the user take too long (`slowCallbackMs`).
 */
import { type Clock, type Inspector, type Owned, pathOf, type Scope } from '../base/index.ts';
import { captureStack, siteOf } from './creation-sites.ts';

/** Callbacks that are told of; more are counted by nobody. */
const MAX_TOLD = 100;

export interface InspectorOptions {
  readonly clock: Clock;
  readonly trackCreation: boolean;
  /** A callback that takes longer is told of; 0: none is timed. */
  readonly slowCallbackMs: number;
  readonly warn: (message: string) => void;
}

export class AppInspector implements Inspector {
  /** Everything that exists, and the stack that made it. */
  readonly sites: Map<Owned, Error> | null;
  private readonly options: InspectorOptions;
  private readonly told = new Set<string>();
  /** Time of all callbacks that were too slow: one that only calls such a one is not to blame. */
  private readonly blamed: { ms: number } = { ms: 0 };

  constructor(options: InspectorOptions) {
    this.options = options;
    this.sites = options.trackCreation ? new Map() : null;
  }

  made(owned: Owned): void {
    this.sites?.set(owned, captureStack());
  }

  released(owned: Owned): void {
    this.sites?.delete(owned);
  }

  watched<F extends (...args: never[]) => unknown>(fn: F, what: string, scope: Scope | null): F {
    const { clock, slowCallbackMs } = this.options;
    if (slowCallbackMs === 0) return fn;
    const { blamed } = this;
    const tooSlow = (ms: number): void => this.tooSlow(ms, fn.name === '' || fn.name === what ? what : `${what} '${fn.name}'`, scope);
    const timed = function (this: unknown, ...args: never[]): unknown {
      const startMs = clock.now();
      const blamedMs = blamed.ms;
      try {
        return fn.apply(this, args);
      } finally {
        const ms = clock.now() - startMs - (blamed.ms - blamedMs);
        if (ms > slowCallbackMs) {
          blamed.ms += ms;
          tooSlow(ms);
        }
      }
    };
    // Messages name effects by their function.
    Object.defineProperty(timed, 'name', { value: fn.name });
    return timed as unknown as F;
  }

  /** Where `owned` was made; `''` when that is not known. */
  siteOf(owned: Owned): string {
    const stack = this.sites?.get(owned);
    return stack === undefined ? '' : siteOf(stack);
  }

  private tooSlow(ms: number, what: string, scope: Scope | null): void {
    const path = pathOf(scope);
    const subject = `${what}${path === '' ? '' : ` of ${path}`}`;
    if (this.told.has(subject) || this.told.size >= MAX_TOLD) return;
    this.told.add(subject);
    const site = scope === null ? '' : this.siteOf(scope);
    this.options.warn(
      `${subject} took ${ms.toFixed(0)} ms, and nothing else happened meanwhile (slowCallbackMs is ${this.options.slowCallbackMs})${site === '' ? '' : `; its element was made at ${site}`}`,
    );
  }
}
