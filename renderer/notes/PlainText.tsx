/** A note's text as it was typed. */
export function PlainText({ text }: { readonly text: string }) {
  return <div className="note-plain">{text}</div>;
}
