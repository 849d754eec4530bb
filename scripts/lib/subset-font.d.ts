/** What of the package we use: it ships no types, and those that others publish lack `keepFeatures`. */
declare module 'subset-font' {
  interface SubsetOptions {
    readonly targetFormat?: 'truetype' | 'woff2';
    /** Axes of a variable font that are fixed, at these places. */
    readonly variationAxes?: Readonly<Record<string, number>>;
    /** Features of OpenType, by their tags. Default: all. */
    readonly keepFeatures?: readonly string[];
    /** Then `text` is empty. */
    readonly keepAllGlyphs?: boolean;
  }

  /** The font with the glyphs of a text's characters alone. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options?: SubsetOptions,
  ): Promise<Buffer>;
}
