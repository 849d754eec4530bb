/** What the interface says about a value that is moved to see what the loss does. */

const direction = (x: number) => (x < 0 ? 'fall' : 'grow');

export const wiggling = {
  title: 'Wiggle',
  loss: (seed: string) => (seed === '1' ? 'L' : `${seed}·L`),
  label: (name: string) => `Change of ${name}`,
  /** The sentence in pieces: the numbers between them stand out. */
  if: (name: string, change: number, size: string, alone: boolean) =>
    `If ${name} ${direction(change)}s by ${size}${alone ? ' on this wire alone' : ''}, `,
  still: (name: string) => `${name} stays as it is, and so does the loss.`,
  should: (loss: string, predicted: number) =>
    predicted === 0 ? `${loss} should not change` : `${loss} should ${direction(predicted)} by `,
  does: (actual: number) => (actual === 0 ? '; it does not' : `; it ${direction(actual)}s by `),
  notFinite: '; it is no finite number there',
  exact: 'The linear approximation is exact here.',
  off: (error: string) => `The linear approximation is off by ${error}.`,
  slider: (name: string) => `Slide ${name}`,
  slide: 'Slide',
};
