/**
 * Errors a user can meet. Each says what happened, where, and what to do about it, and carries a
 * stable `code` so that programs need not read sentences.
 */

/** Base of every error this package throws on purpose. */
export class SparkError extends Error {
  /** Stable identifier, e.g. `'SPARK_OPTION'`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** An option or a prop has a value that cannot be used. Thrown at the door, before anything changed. */
export class OptionError extends SparkError {
  constructor(message: string) {
    super('SPARK_OPTION', message);
  }
}

/** A named limit was reached (for example `maxNodes`). The message names the option that raises it. */
export class CapacityError extends SparkError {
  constructor(message: string) {
    super('SPARK_CAPACITY', message);
  }
}

/** A walk over the node tree took more steps than there are nodes: the links are damaged. */
export class TreeCorruptError extends SparkError {
  constructor(message: string) {
    super('SPARK_TREE_CORRUPT', message);
  }
}

/** A second app was mounted on a terminal that another app still owns. */
export class TerminalInUseError extends SparkError {
  constructor(message: string) {
    super('SPARK_TERMINAL_IN_USE', message);
  }
}

/** Something was called in a phase of the frame, or outside an app, where it cannot work. */
export class PhaseError extends SparkError {
  constructor(message: string) {
    super('SPARK_PHASE', message);
  }
}

/** Effects kept triggering each other, or layout kept changing what it depends on. */
export class CycleError extends SparkError {
  constructor(message: string) {
    super('SPARK_CYCLE', message);
  }
}

/** A reference to a node was used after the node was disposed (development only; counted in production). */
export class StaleRefError extends SparkError {
  constructor(message: string) {
    super('SPARK_STALE_REF', message);
  }
}
