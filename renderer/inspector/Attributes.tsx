import type { GraphNode } from '#graph';
import type { Operation } from '#ops';
import { filled } from '#tensor';
import { isBatched, isNdArray } from '../format/held.ts';
import { setValue, useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { AttributeField } from './AttributeField.tsx';
import { type Attribute, attributesOf } from './attributes.ts';
import { Distribution } from './Distribution.tsx';
import { changedAttrs, shapeOf } from './source-attrs.ts';
import { ValueEditor } from './ValueEditor.tsx';

interface AttributesProps {
  readonly node: GraphNode;
  readonly operation: Operation;
}

/** The attributes of a node, each with a control that fits its schema. */
export function Attributes({ node, operation }: AttributesProps) {
  const attributes = attributesOf(operation);
  if (attributes.length === 0) return null;
  return (
    <section className="inspector-section">
      <h3 className="heading">{strings.inspector.attributes}</h3>
      {attributes.map((attribute) => (
        <NodeAttribute key={attribute.name} node={node} attribute={attribute} />
      ))}
      {node.op === 'parameter' && <Distribution node={node} />}
    </section>
  );
}

interface NodeAttributeProps {
  readonly node: GraphNode;
  readonly attribute: Attribute;
}

function NodeAttribute({ node, attribute }: NodeAttributeProps) {
  const { store } = useServices();
  const { name, control } = attribute;
  const label = strings.attributes[name] ?? name;
  const attrs: Readonly<Record<string, unknown>> = { ...node.attrs };
  const value = attrs[name];
  const set = (next: unknown): string | undefined => {
    const changed = changedAttrs(node, name, next);
    return store
      .getState()
      .edit(strings.edits.setAttribute(label), [
        { type: 'setAttrs', node: node.id, attrs: changed },
      ])?.message;
  };
  if (control.kind !== 'tensor') {
    return (
      <AttributeField
        attribute={attribute}
        label={label}
        values={[value]}
        set={(change) => set(change(value))}
      />
    );
  }
  const own = name === 'value';
  return (
    <>
      <ValueEditor
        label={label}
        array={isNdArray(value) ? value : undefined}
        batched={own && isBatched(node)}
        set={own ? (array) => setValue(store, node.id, array)?.message : set}
      />
      {own && !value && <StartingValue node={node} />}
    </>
  );
}

/** Numbers to start from where there are none: those drawn for a parameter, else zeros. */
function StartingValue({ node }: { readonly node: GraphNode }) {
  const { store } = useServices();
  const drawn = useEditor(({ trace }) => trace.nodes.get(node.id)?.value);
  const own = shapeOf(node);
  const shape = isBatched(node) ? [1, ...own] : own;
  if (shape.length === 0) return null;
  const start = () => setValue(store, node.id, drawn?.data ?? filled(shape, 0));
  return (
    <button type="button" className="button start" onClick={start}>
      {drawn ? inspecting.startWith.drawn : inspecting.startWith.zeros}
    </button>
  );
}
