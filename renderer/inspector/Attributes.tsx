import { encodeAttrs, type GraphNode } from '#graph';
import type { Operation } from '#ops';
import { parseValue } from '../format/parse-value.ts';
import { setValue, useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { AttributeField } from './AttributeField.tsx';
import { type Attribute, attributesOf, attributeText } from './attributes.ts';
import { TextField } from './TextField.tsx';

interface AttributesProps {
  readonly node: GraphNode;
  readonly operation: Operation;
}

/** Longer texts are numbers nobody types. */
const longest = 4000;

/** The attributes of a node, each with a control that fits its schema. */
export function Attributes({ node, operation }: AttributesProps) {
  const registry = useEditor((state) => state.registry);
  const attributes = attributesOf(operation);
  if (attributes.length === 0) return null;
  const parsed: Readonly<Record<string, unknown>> = { ...node.attrs };
  const encoded = { ...parsed, ...encodeAttrs(node, registry) };
  return (
    <section className="inspector-section">
      <h3 className="heading">{strings.inspector.attributes}</h3>
      {attributes.map((attribute) => (
        <NodeAttribute
          key={attribute.name}
          node={node}
          attribute={attribute}
          value={encoded[attribute.name]}
        />
      ))}
    </section>
  );
}

interface NodeAttributeProps {
  readonly node: GraphNode;
  readonly attribute: Attribute;
  /** As the file has it. */
  readonly value: unknown;
}

function NodeAttribute({ node, attribute, value }: NodeAttributeProps) {
  const { store } = useServices();
  const { name } = attribute;
  const label = strings.attributes[name] ?? name;
  const set = (next: unknown): string | undefined => {
    const { edit } = store.getState();
    const attrs = { [name]: next };
    return edit(strings.edits.setAttribute(label), [{ type: 'setAttrs', node: node.id, attrs }])
      ?.message;
  };
  if (name !== 'value' || attribute.control.kind !== 'json') {
    return <AttributeField attribute={attribute} label={label} value={value} set={set} />;
  }
  const text = attributeText(value);
  if (text.length > longest) return <LongValue label={label} clear={() => set(undefined)} />;
  const commit = (typed: string) => {
    const parsed = parseValue(typed);
    if (parsed.kind === 'problem') return strings.values[parsed.why];
    return setValue(store, node.id, parsed.kind === 'value' ? parsed.array : undefined)?.message;
  };
  return <TextField label={label} value={text.replaceAll('-', '−')} commit={commit} />;
}

function LongValue({ label, clear }: { readonly label: string; clear(): void }) {
  return (
    <div className="field">
      <span className="field-name">{label}</span>
      <button type="button" className="button" onClick={clear}>
        {strings.inspector.clear}
      </button>
    </div>
  );
}
