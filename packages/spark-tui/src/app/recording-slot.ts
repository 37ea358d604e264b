/** Where an app keeps its recording: none or one, which sees what the app writes, reads and is resized to. */
import { type Clock, PhaseError } from '../base/index.ts';
import type { Output } from '../terminal/index.ts';
import type { CellSize } from '../ui/index.ts';
import { type CastSink, checkRecordOptions, Recorder, type Recording, type RecordOptions } from './recorder.ts';

/** What is needed of the app. */
export interface RecordedApp {
  /** Null when nothing is shown while the app runs. */
  readonly output: Output | null;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  size(): CellSize;
  framesShown(): number;
  /** Runs the frame that is pending. */
  flush(): void;
  /** Everything has to be written again. */
  redraw(): void;
  warn(message: string): void;
}

export class RecordingSlot {
  private readonly app: RecordedApp;
  private recorder: Recorder | null = null;
  private ended = false;

  constructor(app: RecordedApp) {
    this.app = app;
  }

  /**
   * Records what is shown from now on. `open` is called when nothing is wrong with the rest.
   *
   * @throws PhaseError when the app has ended, has no terminal, or is being recorded; OptionError
   */
  start(open: () => CastSink, options: RecordOptions): Recording {
    const { app } = this;
    const { output } = app;
    checkRecordOptions(options);
    if (this.ended) throw new PhaseError('record(): the app has ended');
    if (output === null) throw new PhaseError('record(): there is no terminal, so nothing is drawn that could be recorded');
    if (this.recorder !== null) throw new PhaseError('record(): a recording is running already; stop() it first');
    const recorder = new Recorder({
      sink: open(),
      clock: app.clock,
      ...app.size(),
      env: app.env,
      options,
      flush: () => app.flush(),
      redraw: () => {
        if (!this.ended) app.redraw();
      },
      ended: () => {
        this.recorder = null;
        output.onWrite = null;
      },
      warn: (message) => app.warn(message),
    });
    this.recorder = recorder;
    output.onWrite = (bytes) => recorder.output(bytes);
    if (app.framesShown() > 0) {
      recorder.joinRunning();
      app.redraw();
      app.flush();
    }
    return recorder;
  }

  input(bytes: Uint8Array): void {
    this.recorder?.input(bytes);
  }

  resized(width: number, height: number): void {
    this.recorder?.resized(width, height);
  }

  /** The app ends, and its recording with it. */
  end(): void {
    this.ended = true;
    this.recorder?.end();
  }
}
