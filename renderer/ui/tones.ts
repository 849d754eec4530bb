/** Colours to tell things apart that have no order: classes, parameters. They begin anew after the last. */
export const toneCount = 10;

/** The custom property of the colour of the thing at that place. */
export function toneOf(at: number): string {
  return `--tone-${at % toneCount}`;
}
