const longest = 80;

/** The first line of a note that says something, without the signs of Markdown: its name. */
export function firstLine(text: string): string {
  for (const line of text.slice(0, 2_000).split('\n')) {
    const plain = line
      .replace(/^[\s>#*+-]+/, '')
      .replace(/[*_`]+/g, '')
      .trim();
    if (plain) return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
  }
  return '';
}
