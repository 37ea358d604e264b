export { ByteBuffer } from './byte-buffer.ts';
export {
  type ColorScheme,
  type NotificationKind,
  type PixelSize,
  type TerminalCapabilities,
  UNKNOWN_CAPABILITIES,
} from './capabilities.ts';
export type { Caret, CaretShape, CaretSource } from './caret.ts';
export type { Claim, Claims } from './claims.ts';
export { type ColorDepth, DEFAULT_CAPS, type EncoderCaps, type LineFeed } from './encoder-caps.ts';
export { Decoder } from './decoder.ts';
export type { DecoderModes, DecoderOptions } from './decoder-options.ts';
export { Encoder, type GlyphBytes } from './encoder.ts';
export { MemoryOutput } from './memory-output.ts';
export { changeModes } from './mode-change.ts';
export type { Held } from './held.ts';
export { type HistoryLine } from './history-line.ts';
export { LiveRegion, type Reflow } from './live-region.ts';
export { enterBytes, FULLSCREEN_MODES, INLINE_MODES, leaveBytes, type MouseTracking, type TerminalModes } from './modes.ts';
export type { CloseReason, Output } from './output.ts';
export { CapabilityQuery } from './queries.ts';
export { POINTER_SHAPES, type PointerShape, type ProgressState, type ProgressValue } from './request-text.ts';
export {
  type ClipboardOptions,
  type ClipboardRead,
  type RequestResult,
  TerminalRequests,
} from './requests.ts';
export { MODE_GRAPHEME_CLUSTERS, MODE_MARGINS, queryColorScheme, queryDefaultColors, queryDeviceAttributes } from './sequences.ts';
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
