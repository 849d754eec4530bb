import type { GraphNode } from '#graph';
import type { Operation } from '#ops';
import { useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { AttributeField } from './AttributeField.tsx';
import { type Attribute, commonAttributes } from './attributes.ts';
import { changedAttrs } from './source-attrs.ts';

const text = inspecting.many;

/** Several parts: what they are, and the attributes that can be set for all of them at once. */
export function ManyDetails() {
  const { nodes: nodeIds, wires } = useEditor((state) => state.selection);
  const document = useEditor(({ trace }) => trace.document);
  const registry = useEditor((state) => state.registry);
  const nodes = document.nodes.filter(({ id }) => nodeIds.has(id));
  const kinds = new Map<string, number>();
  for (const { op } of nodes) kinds.set(op, (kinds.get(op) ?? 0) + 1);
  const operations = [...kinds.keys()].flatMap((op) => registry.get(op) ?? []);
  return (
    <>
      <h2 className="inspector-title">{text.title(nodes.length, wires.size)}</h2>
      <p className="quiet-text">{strings.inspector.manyHint}</p>
      <section className="inspector-section">
        <h3 className="heading">{text.list}</h3>
        <dl className="facts numeric" data-testid="selected-parts">
          {operations.map(({ id, title }) => (
            <div className="fact" key={id}>
              <dt>{title}</dt>
              <dd>{kinds.get(id)}</dd>
            </div>
          ))}
          {wires.size > 0 && (
            <div className="fact">
              <dt>{text.wires}</dt>
              <dd>{text.wiresOf(wires.size, document.wires.length)}</dd>
            </div>
          )}
        </dl>
      </section>
      {settable(operations) && <Together nodes={nodes} operations={operations} />}
    </>
  );
}

/** Nodes of one operation have attributes in common, and so have all sources. */
function settable(operations: readonly Operation[]): boolean {
  return operations.length === 1 || operations.every(({ group }) => group === 'sources');
}

interface TogetherProps {
  readonly nodes: readonly GraphNode[];
  readonly operations: readonly Operation[];
}

function Together({ nodes, operations }: TogetherProps) {
  const attributes = nodes.length < 2 ? [] : commonAttributes(operations);
  if (attributes.length === 0) return null;
  // What is typed for some nodes is not meant for others.
  const key = nodes.map(({ id }) => id).join(' ');
  return (
    <section className="inspector-section" key={key}>
      <h3 className="heading">{strings.inspector.attributes}</h3>
      {attributes.map((attribute) => (
        <CommonAttribute key={attribute.name} nodes={nodes} attribute={attribute} />
      ))}
    </section>
  );
}

interface CommonAttributeProps {
  readonly nodes: readonly GraphNode[];
  readonly attribute: Attribute;
}

function CommonAttribute({ nodes, attribute }: CommonAttributeProps) {
  const { store } = useServices();
  const { name } = attribute;
  const label = strings.attributes[name] ?? name;
  const heldBy = ({ attrs }: GraphNode) =>
    new Map<string, unknown>(Object.entries(attrs)).get(name);
  const set = (change: (held: unknown) => unknown) =>
    store.getState().edit(
      text.set(text.named[name] ?? text.quoted(label), nodes.length),
      nodes.map((node) => ({
        type: 'setAttrs',
        node: node.id,
        attrs: changedAttrs(node, name, change(heldBy(node))),
      })),
    )?.message;
  return (
    <AttributeField attribute={attribute} label={label} values={nodes.map(heldBy)} set={set} />
  );
}
