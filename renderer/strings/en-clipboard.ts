/** What copying and pasting say. */

const nodes = (count: number) => (count === 1 ? '1 node' : `${count} nodes`);

export const clipping = {
  cut: (count: number) => `Cut ${nodes(count)}`,
  paste: (count: number) => `Paste ${nodes(count)}`,
  duplicate: (count: number) => `Duplicate ${nodes(count)}`,
  copied: (count: number) => `Copied ${nodes(count)}.`,
  pasted: (count: number) => `Pasted ${nodes(count)}.`,
  /** A sentence of the reader's, and what follows from it. */
  refused: (why: string) => `Nothing was pasted. ${why}`,
  noText: 'Nothing was pasted. The clipboard holds no text.',
  partly: (count: number, left: number, first: string) =>
    left === 1
      ? `Pasted ${nodes(count)} without one damaged part. ${first}`
      : `Pasted ${nodes(count)} without ${left} damaged parts. ${first}`,
  lost: (count: number) =>
    count === 1
      ? 'One incoming wire has nowhere to come from here.'
      : `${count} incoming wires have nowhere to come from here.`,
  keysOnly: (keys: string) =>
    `This browser keeps the clipboard from menus. Press ${keys} on the canvas.`,
};
