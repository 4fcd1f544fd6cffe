/** The little that is used of opentype.js 2, which brings no types. */
declare module 'opentype.js' {
  interface Path {
    toPathData(decimals: number): string;
  }
  interface Font {
    readonly unitsPerEm: number;
    charToGlyph(character: string): { readonly index: number; readonly advanceWidth: number };
    getPath(text: string, x: number, y: number, size_px: number): Path;
  }
  const opentype: { parse(file: ArrayBuffer): Font };

  export type { Font };
  export default opentype;
}
