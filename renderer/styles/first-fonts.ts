/** Latin, Greek and raised letters: the parts of the text's font that the first picture is written in. */
const letters = 'aσᵀ';

/**
 * Has the fonts of the first picture ready for it: else it would be laid out in another, found in a long search, and then
 * again. Their files are on their way already, by the page's head.
 */
export function loadFirstFonts(): void {
  for (const font of ['1em "Inter Variable"', 'italic 1em "Gradwire Names"']) {
    document.fonts.load(font, letters).catch(() => undefined);
  }
}
