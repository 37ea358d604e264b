/**
 * OKLCH ↔ sRGB on plain numbers. OKLCH is lightness 0–1, chroma from 0 (about 0.32 is the most vivid sRGB colour)
 * and hue in degrees; equal steps look equal. OKLab is the same space with two axes in place of chroma and hue.
 *
 * A colour outside sRGB loses chroma until cutting off what still sticks out makes no visible difference; lightness
 * and hue stay. Source: CSS Color Module Level 4, §9.4 (OKLab), §13.2 (gamut mapping) and its sample code.
 */

const DEGREES = 180 / Math.PI;
/** Written values of colours on the edge of the gamut are rounded: closer than this to it is inside. */
const EDGE = 1e-5;
/** "Just noticeable difference" of OKLab and the precision of the search: numbers of the specification. */
const JND = 0.02;
const SEARCH_PRECISION = 1e-4;
/** No colour of any display has more; larger numbers would only lose precision. */
const MAX_CHROMA = 2;

function encodeGamma(linear: number): number {
  const size = Math.abs(linear);
  return size <= 0.0031308 ? 12.92 * linear : Math.sign(linear) * (1.055 * size ** (1 / 2.4) - 0.055);
}

/** sRGB channel (0–1) → linear light (0–1). */
export function decodeGamma(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

/** Writes gamma-encoded red, green, blue (1 = full; may lie outside 0–1) into `out`. */
function labToSrgb(out: Float64Array, lightness: number, a: number, b: number): void {
  const l = (lightness + 0.3963377773761749 * a + 0.2158037573099136 * b) ** 3;
  const m = (lightness - 0.1055613458156586 * a - 0.0638541728258133 * b) ** 3;
  const s = (lightness - 0.0894841775298119 * a - 1.2914855480194092 * b) ** 3;
  out[0] = encodeGamma(4.07674163607596 * l - 3.307711539258063 * m + 0.2309699031821046 * s);
  out[1] = encodeGamma(-1.2684379732850315 * l + 2.6097573492876882 * m - 0.341319376002657 * s);
  out[2] = encodeGamma(-0.0041960761386756 * l - 0.7034186179359362 * m + 1.7076146940746117 * s);
}

/** Writes OKLab lightness, a (green to red) and b (blue to yellow) of gamma-encoded channels 0–1 into `out`. */
function srgbToLab(out: Float64Array, red: number, green: number, blue: number): void {
  const r = decodeGamma(red);
  const g = decodeGamma(green);
  const b = decodeGamma(blue);
  const l = Math.cbrt(0.412221469470763 * r + 0.5363325372617348 * g + 0.0514459932675022 * b);
  const m = Math.cbrt(0.2119034958178252 * r + 0.6806995506452344 * g + 0.1073969535369406 * b);
  const s = Math.cbrt(0.0883024591900564 * r + 0.2817188391361215 * g + 0.6299787016738222 * b);
  out[0] = 0.210454268309314 * l + 0.7936177747023054 * m - 0.0040720430116193 * s;
  out[1] = 1.9779985324311684 * l - 2.4285922420485799 * m + 0.450593709617411 * s;
  out[2] = 0.0259040424655478 * l + 0.7827717124575296 * m - 0.8086757549230774 * s;
}

function fits(rgb: Float64Array): boolean {
  return rgb.every((channel) => channel >= -EDGE && channel <= 1 + EDGE);
}

function clip(rgb: Float64Array): void {
  for (let i = 0; i < 3; i++) rgb[i] = Math.min(1, Math.max(0, rgb[i]!));
}

function pack(rgb: Float64Array): number {
  clip(rgb);
  return (Math.round(rgb[0]! * 255) << 16) | (Math.round(rgb[1]! * 255) << 8) | Math.round(rgb[2]! * 255);
}

/**
 * OKLCH → `0xRRGGBB`, mapped into sRGB where it lies outside.
 *
 * @param lightness 0–1, clamped
 * @param chroma 0 or more, clamped
 * @param hueDegrees any angle
 */
export function oklchToRgb24(lightness: number, chroma: number, hueDegrees: number): number {
  if (lightness <= 0) return 0;
  if (lightness >= 1) return 0xff_ffff;
  const cos = Math.cos(hueDegrees / DEGREES);
  const sin = Math.sin(hueDegrees / DEGREES);
  const rgb = new Float64Array(3);
  const lab = new Float64Array(3);

  /** Leaves the colour of this chroma in `rgb`, clipped. Returns how visible the clipping is; 0 when there was none. */
  const at = (tried: number): number => {
    labToSrgb(rgb, lightness, tried * cos, tried * sin);
    if (fits(rgb)) return 0;
    clip(rgb);
    srgbToLab(lab, rgb[0]!, rgb[1]!, rgb[2]!);
    return Math.hypot(lab[0]! - lightness, lab[1]! - tried * cos, lab[2]! - tried * sin);
  };

  let high = Math.min(MAX_CHROMA, Math.max(0, chroma));
  if (at(high) < JND) return pack(rgb);
  let low = 0;
  let lowFits = true;
  while (high - low > SEARCH_PRECISION) {
    const middle = (low + high) / 2;
    const difference = at(middle);
    if (difference === 0 && lowFits) low = middle;
    else if (difference >= JND) high = middle;
    else if (JND - difference < SEARCH_PRECISION) break;
    else {
      lowFits = false;
      low = middle;
    }
  }
  return pack(rgb);
}

/** Channels 0–255 → lightness 0–1, chroma, hue 0–360 (0 for greys, which have none). */
export function rgbChannelsToOklch(red: number, green: number, blue: number): { l: number; c: number; h: number } {
  const lab = new Float64Array(3);
  srgbToLab(lab, red / 255, green / 255, blue / 255);
  const chroma = Math.hypot(lab[1]!, lab[2]!);
  if (chroma < 1e-5) return { l: lab[0]!, c: 0, h: 0 };
  const hue = Math.atan2(lab[2]!, lab[1]!) * DEGREES;
  return { l: lab[0]!, c: chroma, h: hue < 0 ? hue + 360 : hue };
}

/** Writes OKLab lightness, a and b of channels 0–255 into `out`. */
export function rgbChannelsToOklab(out: Float64Array, red: number, green: number, blue: number): void {
  srgbToLab(out, red / 255, green / 255, blue / 255);
}
