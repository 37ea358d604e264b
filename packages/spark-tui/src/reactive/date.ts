/** A Date whose reads subscribe to its time and whose setters notify. */
import { checkWritable } from './collections.ts';
import { SignalNode } from './signal.ts';

/**
 * Like `Date`; every method that reads the time subscribes, every `set…` notifies when it changed.
 *
 * @example
 * const start = new ReactiveDate(2026, 0, 1);
 * effect(() => console.log(start.getFullYear()));
 * start.setFullYear(2027);
 */
export class ReactiveDate extends Date {
  readonly #time: SignalNode<number>;

  static {
    for (const name of Object.getOwnPropertyNames(Date.prototype)) {
      const method = (Date.prototype as unknown as Record<string, unknown>)[name];
      if (name === 'constructor' || typeof method !== 'function') continue;
      const value = name.startsWith('set')
        ? function (this: ReactiveDate, ...args: unknown[]): unknown {
            checkWritable();
            const result: unknown = Reflect.apply(method, this, args);
            this.#time.write(Date.prototype.getTime.call(this));
            return result;
          }
        : function (this: ReactiveDate, ...args: unknown[]): unknown {
            void this.#time.value;
            return Reflect.apply(method, this, args);
          };
      Object.defineProperty(ReactiveDate.prototype, name, { configurable: true, writable: true, value });
    }
  }

  constructor();
  constructor(value: number | string | Date);
  constructor(
    year: number,
    monthIndex: number,
    date?: number,
    hours?: number,
    minutes?: number,
    seconds?: number,
    ms?: number,
  );
  constructor(...args: []) {
    super(...args);
    this.#time = new SignalNode(Date.prototype.getTime.call(this), undefined);
  }
}
