/** A letter, and one of the signs that are in a file of their own. */
const letters = 'aᵀ';

/**
 * Has the fonts of the first picture ready for it: else it would be laid out in another, found in a long search, and then
 * again. Their files are on their way already, by the page's head.
 */
export function loadFirstFonts(): void {
  for (const font of ['1em "Inter Variable"', 'italic 1em "Gradwire Names"']) {
    document.fonts.load(font, letters).catch(() => undefined);
  }
}
