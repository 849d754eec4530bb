import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { GraphNode } from '#graph';
import type { NdArray } from '#tensor';
import { heldValue, isBatched } from '../format/held.ts';
import { formatNumber } from '../format/numbers.ts';
import { parseValue } from '../format/parse-value.ts';
import { formatBadge, formatDimensions, formatNested, rangeOf } from '../format/tensors.ts';
import { setValue, useEditor, useNumbers, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { HeatMap } from '../ui/HeatMap.tsx';

interface SourceValueProps {
  readonly node: GraphNode;
  readonly name: string;
}

/** Above this many entries a value is not typed on the canvas. */
const typedUpTo = 200;

/** The value in the pill: shown as number or heat map; a click makes it a field. */
export function SourceValue({ node, name }: SourceValueProps) {
  const editing = useEditor((state) => state.editing === node.id);
  const { store } = useServices();
  const { beginEditing } = store.getState();
  const held = heldValue(node);
  if (editing) {
    return <ValueField node={node} name={name} held={held} done={() => beginEditing(null)} />;
  }
  const label = held
    ? strings.canvas.editValue(name, shortText(held))
    : strings.canvas.noValueName(name);
  return (
    <button
      type="button"
      className="source-value numeric"
      aria-label={label}
      data-empty={!held}
      data-long={held !== undefined && held.data.length > 1}
      onClick={() => beginEditing(node.id)}
    >
      <ShownValue node={node} held={held} />
    </button>
  );
}

function ShownValue({ node, held }: { readonly node: GraphNode; readonly held?: NdArray }) {
  const numbers = useNumbers();
  if (!held) return <span className="source-note">{emptyNote(node)}</span>;
  if (held.data.length === 1 && held.shape.length === 0) return numbers.format(held.data[0] ?? 0);
  const batched = isBatched(node);
  if (held.data.length <= 4 && held.shape.length === 1 && !batched) {
    return `[${[...held.data].map((x) => numbers.format(x, 3)).join(', ')}]`;
  }
  return (
    <span className="source-tensor">
      <HeatMap array={held} tone="value" width={48} height={28} />
      <span className="source-note">
        {formatBadge({ batched, shape: batched ? held.shape.slice(1) : held.shape, data: held })}
      </span>
    </span>
  );
}

interface ValueFieldProps extends SourceValueProps {
  readonly held: NdArray | undefined;
  done(): void;
}

function ValueField({ node, name, held, done }: ValueFieldProps) {
  const { store } = useServices();
  const tooLong = held !== undefined && held.data.length > typedUpTo;
  const [before] = useState(held && !tooLong ? formatNested(held).replaceAll('-', '−') : '');
  const [text, setText] = useState(before);
  const [problem, setProblem] = useState(tooLong ? strings.values.tooLong : undefined);
  const problemId = useId();
  const closed = useRef(false);

  const close = () => {
    closed.current = true;
    done();
  };
  const commit = (): boolean => {
    // Who only looked has changed nothing: neither the document nor what can be undone.
    if (text === before) return true;
    const parsed = parseValue(text);
    if (parsed.kind === 'problem') {
      setProblem(strings.values[parsed.why]);
      return false;
    }
    const refused = setValue(store, node.id, parsed.kind === 'value' ? parsed.array : undefined);
    if (!refused) return true;
    setProblem(refused.message);
    return false;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Escape') return close();
    if (event.key !== 'Enter' || !commit()) return;
    close();
    // The keyboard goes on where it was: at the node.
    event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus();
  };
  return (
    <span className="source-field nodrag nopan">
      <input
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
        autoFocus
        aria-label={strings.canvas.value(name)}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? problemId : undefined}
        className="numeric"
        value={text}
        style={{ width: `${Math.min(24, Math.max(4, text.length + 1))}ch` }}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(undefined);
        }}
        onFocus={(event) => event.target.select()}
        onKeyDown={onKeyDown}
        onBlur={() => {
          // Nothing typed is lost: what cannot be read stays in the field, with the sentence.
          if (!closed.current && commit()) close();
        }}
      />
      {problem && (
        <span className="source-problem" id={problemId} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}

function shortText(held: NdArray): string {
  if (held.data.length <= 8) return formatNested(held);
  const { low, high } = rangeOf(held);
  return `${formatDimensions(held.shape)}, ${formatNumber(low)} … ${formatNumber(high)}`;
}

function emptyNote({ op, attrs }: GraphNode): string {
  const dimensions =
    'shape' in attrs && Array.isArray(attrs.shape) ? formatDimensions(attrs.shape) : '';
  if ('field' in attrs && typeof attrs.field === 'string') {
    return [strings.canvas.fromData(attrs.field), dimensions].filter(Boolean).join(' · ');
  }
  if (op === 'parameter') return dimensions || startOf(attrs);
  return strings.canvas.unknown;
}

/** What a number that training will change starts from. */
function startOf({ init }: { readonly init?: unknown }): string {
  const kind = typeof init === 'object' && init !== null && 'kind' in init ? init.kind : 'constant';
  if (kind !== 'constant') return strings.canvas.random;
  const value = typeof init === 'object' && init !== null && 'value' in init ? init.value : 0;
  return formatNumber(Number(value));
}
