import { indexOf, type Wire } from '#graph';
import { useEditor } from '../store/index.ts';
import { strings } from '../strings/en.ts';

const text = strings.inspector;

/** What the gate at a wire's end does with the upstream gradient: its nickname in one plain sentence. */
export function Passes({ wire }: { readonly wire: Wire }) {
  const operation = useEditor(({ registry, trace }) =>
    registry.get(indexOf(trace.document).nodes.get(wire.to.node)?.op ?? ''),
  );
  if (!operation) return null;
  const { nickname, passes } = operation;
  const title = operation.title.charAt(0).toUpperCase() + operation.title.slice(1);
  if (!nickname) return <p className="note">{text.it(title, passes)}</p>;
  const sentence = text.isA(title, nickname, passes);
  return (
    <p className="note">
      {sentence.before}
      <strong>{sentence.nickname}</strong>
      {sentence.after}
    </p>
  );
}
