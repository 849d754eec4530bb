/** What the interface says while the canvas shows a moment of a run. */
export const overlaying = {
  keep: 'Keep in the graph',
  keepHint: 'Takes these numbers over into the document, as one step that can be undone',
  leave: 'Back to the graph',
  kept: (title: string) => `Take over ${title}`,
  left: 'The graph shows its own values again',
  closeFirst:
    'These values are not the graph’s own: keep them in the graph or go back to change them.',
};
