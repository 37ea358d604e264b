/**
 * Signals that are module-level names, though there is no current app in a module: each read finds the app it is
 * read in, through the owner scope.
 */
import type { EventRouter } from '../events/index.ts';
import { type ReadableSignal, untrack } from '../reactive/index.ts';
import { currentPlace } from './host.ts';

/** A signal of whichever app reads it. */
export class AppSignal<T> implements ReadableSignal<T> {
  private readonly name: string;
  private readonly read: (events: EventRouter) => T;

  constructor(name: string, read: (events: EventRouter) => T) {
    this.name = name;
    this.read = read;
  }

  /** Throws PhaseError outside an app. */
  get value(): T {
    return this.read(currentPlace(`reading ${this.name}`).host.events);
  }

  /** The value now, without tracking. */
  peek(): T {
    return untrack(() => this.value);
  }
}
