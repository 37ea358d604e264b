/**
 * Notices a frame that asks for itself for ever: an effect that writes what it has shown, once more each time.
 *
 *   frames since the last input  0 … QUIET ──▶ armed: is the next frame asked for in the turn of the one before?
 *                                              CHAIN times in a row ──▶ told, once, until there is input again
 *
 * An animation asks from a timer of its own, in a later turn: it is looked at now and then and never told. Not armed,
 * a frame costs one addition.
 */
import type { Clock } from '../base/index.ts';

/** Frames without input before anybody looks: a second at 60 a second. */
const QUIET = 60;
/** Frames in a row that were asked for by the frame before: one more second. */
const CHAIN = 60;

export class ChainWatch {
  private readonly clock: Clock;
  private readonly told: (frames: number) => void;
  private frames = 0;
  private chain = 0;
  private armed = false;
  /** The turn of the event loop in which the last frame ran is not over. */
  private sameTurn = false;
  private asked = false;
  private readonly turned = (): void => {
    this.sameTurn = false;
  };

  constructor(clock: Clock, told: (frames: number) => void) {
    this.clock = clock;
    this.told = told;
  }

  /** Input came, or somebody ran a frame by hand: what follows may be its consequence. */
  reset(): void {
    this.frames = 0;
    if (!this.armed) return;
    this.chain = 0;
    this.armed = false;
  }

  /** A frame is asked for. */
  requested(): void {
    if (!this.armed || !this.sameTurn || this.asked) return;
    this.asked = true;
    if (++this.chain === CHAIN) this.told(QUIET + CHAIN);
  }

  /** A scheduled frame begins. */
  begins(): void {
    if (!this.armed) {
      if (++this.frames < QUIET) return;
      this.armed = true;
    } else if (!this.asked) {
      this.reset();
      return;
    }
    this.asked = false;
    this.sameTurn = true;
    this.clock.setImmediate(this.turned);
  }
}
