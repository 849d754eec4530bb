/** No card shows more; to lay out megabytes would take seconds. */
const longest = 10_000;

/** To find the places where a line may end, in thousands of signs without a space, takes seconds. */
const unbroken = /\S{400}/g;

export function isUnbroken(text: string): boolean {
  return text.search(unbroken) >= 0;
}

/** With a space where there is none for too long: no text of a language looks like that. */
function breakable(text: string): string {
  return text.replaceAll(unbroken, '$& ');
}

/** A note's text as it was typed. */
export function PlainText({ text }: { readonly text: string }) {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return <div className="note-plain">{breakable(shown)}</div>;
}
