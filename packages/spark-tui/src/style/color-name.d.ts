/** The CSS named colours: name in lower case → red, green, blue (0–255). The package ships no types. */
declare module 'color-name' {
  const names: Readonly<Record<string, readonly [number, number, number]>>;
  export default names;
}
