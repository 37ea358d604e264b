/** The part of culori the tests use as an oracle. The package ships no types and is a development dependency. */
declare module 'culori' {
  export interface Color {
    mode: string;
    alpha?: number;
    r: number;
    g: number;
    b: number;
    l: number;
    c: number;
    h?: number;
  }
  export function parse(text: string): Color | undefined;
  export function converter(mode: string): (color: Color | string) => Color;
  export function toGamut(gamut: string, mode: string): (color: Partial<Color> & { mode: string }) => Color;
  export function wcagContrast(a: string, b: string): number;
}
