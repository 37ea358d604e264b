/**
 * Bytes of the terminal → events of the app: feeds the decoder, merges mouse moves of one read, and keeps
 * the decoder's two silences (an Escape that may begin a sequence, a paste that never ends) on the app's
 * clock. At most one timer exists, and only while something is unfinished.
 */
import type { Clock, TimerHandle } from '../base/index.ts';
import { Decoder, type InputSink } from '../terminal/index.ts';
import { sanitise } from '../text/index.ts';
import { MoveMerger } from './move-merger.ts';

export class InputPump {
  private readonly decoder: Decoder = new Decoder({ pasteFilter: sanitise });
  private readonly clock: Clock;
  private readonly merger: MoveMerger;
  private timer: TimerHandle | null = null;
  private closed = false;
  /** Most bytes that were ever held at the end of a read. */
  mostHeldBytes = 0;

  constructor(clock: Clock, sink: InputSink) {
    this.clock = clock;
    this.merger = new MoveMerger(sink);
  }

  /** Timers that exist now (0 or 1). */
  get timers(): number {
    return this.timer === null ? 0 : 1;
  }

  /** Bytes held of what is unfinished. */
  get heldBytes(): number {
    return this.decoder.heldBytes;
  }

  feed(bytes: Uint8Array): void {
    if (this.closed) return;
    this.stop();
    try {
      this.decoder.feed(bytes, this.merger.push);
      this.merger.flush();
    } finally {
      this.arm();
      const held = this.decoder.heldBytes;
      if (held > this.mostHeldBytes) this.mostHeldBytes = held;
    }
  }

  /** Forgets what is unfinished and the timer. Nothing is read from here on. */
  close(): void {
    this.closed = true;
    this.stop();
    this.decoder.reset();
  }

  private arm(): void {
    const { decoder } = this;
    if (this.closed) decoder.reset(); // A handler ended the app while its input was being read.
    else if (decoder.pending) this.timer = this.clock.setTimer(decoder.timeoutMs, () => this.silence(false));
    else if (decoder.receiving) this.timer = this.clock.setTimer(decoder.idleTimeoutMs, () => this.silence(true));
  }

  private silence(idle: boolean): void {
    this.timer = null;
    if (idle) this.decoder.idle(this.merger.push);
    else this.decoder.timeout(this.merger.push);
  }

  private stop(): void {
    if (this.timer === null) return;
    this.clock.clearTimer(this.timer);
    this.timer = null;
  }
}
