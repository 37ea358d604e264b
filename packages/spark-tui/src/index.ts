/** The public door of SparkTUI: elements, signals, mount. Re-exports only. */
export * from './app/index.ts';
export {
  CapacityError,
  CycleError,
  OptionError,
  PhaseError,
  SparkError,
  StaleRefError,
  TerminalInUseError,
  TreeCorruptError,
} from './base/index.ts';
export { FocusEvent, type Handler, type Handlers, KeyEvent, MouseEvent, PasteEvent, UIEvent } from './events/index.ts';
export * from './signals.ts';
export {
  adjustLightnessForContrast,
  ansiColor,
  Attr,
  type BorderInput,
  BorderStyle,
  brighten,
  type ColorInput,
  Colors,
  contrastRatio,
  dim,
  oklch,
  packColor,
  parseColor,
  type RGBA,
  rgba,
  rgbaBlend,
  rgbaEqual,
  rgbaLerp,
  rgbToOklch,
  TERMINAL_DEFAULT,
  unpackColor,
} from './style/index.ts';
export * from './ui/index.ts';
