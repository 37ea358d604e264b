/**
 * While an app leaves its terminal, its last effects run: one that calls `process.exit` would end the process at once,
 * with the terminal half given back. Here that call throws instead, and is made again when the terminal is free.
 */

/** Thrown by `process.exit` while the shield is up; nobody has to be told of it. */
const EXIT = new Error('process.exit() was called while an app gave its terminal back; it is made up for afterwards');

export class ExitShield {
  private requested: { code: number | string | null | undefined } | null = null;

  /** Runs `work` with `process.exit` held back. */
  run<T>(work: () => T): T {
    const { exit } = process;
    process.exit = ((code?: number | string | null): never => {
      this.requested ??= { code };
      throw EXIT;
    }) as typeof exit;
    try {
      return work();
    } finally {
      process.exit = exit;
    }
  }

  /** True for what the shield throws. */
  owns(error: unknown): boolean {
    return error === EXIT;
  }

  /** Makes the call that was held back, if there was one. */
  release(): void {
    const { requested } = this;
    this.requested = null;
    if (requested !== null) process.exit(requested.code);
  }
}
