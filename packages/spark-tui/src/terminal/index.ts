export { ByteBuffer } from './byte-buffer.ts';
export { type ColorDepth, DEFAULT_CAPS, type EncoderCaps, type LineFeed } from './encoder-caps.ts';
export { Decoder } from './decoder.ts';
export type { DecoderModes, DecoderOptions } from './decoder-options.ts';
export { Encoder, type GlyphBytes } from './encoder.ts';
export { MemoryOutput } from './memory-output.ts';
export { enterBytes, FULLSCREEN_MODES, leaveBytes, type MouseTracking, type TerminalModes } from './modes.ts';
export type { CloseReason, Output } from './output.ts';
export { StreamOutput, type WritableLike } from './stream-output.ts';
export type {
  FocusInput,
  InputEvent,
  InputSink,
  KeyInput,
  MouseButton,
  MouseInput,
  PasteInput,
  ResizeInput,
  ResponseInput,
  UnknownInput,
} from './input-events.ts';
