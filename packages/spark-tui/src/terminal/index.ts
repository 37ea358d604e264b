export { ByteBuffer } from './byte-buffer.ts';
export { Decoder } from './decoder.ts';
export { type ColorDepth, DEFAULT_CAPS, type EncoderCaps, type LineFeed } from './encoder-caps.ts';
export { Encoder, type GlyphBytes } from './encoder.ts';
export { MemoryOutput } from './memory-output.ts';
export type { CloseReason, Output } from './output.ts';
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
