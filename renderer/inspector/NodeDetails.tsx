import { type GraphDocument, type GraphNode, indexOf, type NodeId } from '#graph';
import { inputPorts, nextPort, type Operation, outputPort } from '#ops';
import { placeKey } from '../check/index.ts';
import { outputName } from '../format/names.ts';
import { describeValue } from '../format/tensors.ts';
import {
  connect,
  quizHidesTotal,
  toggleLoss,
  useEditor,
  useNumbers,
  useServices,
} from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { MathName } from '../ui/MathName.tsx';
import { ValueSlider, Wiggle } from '../wiggle/index.ts';
import { Attributes } from './Attributes.tsx';
import { CheckLine } from './CheckLine.tsx';
import { NodeCounters } from './Counters.tsx';
import { NodeActions } from './NodeActions.tsx';
import { NodeDiagnoses } from './NodeDiagnoses.tsx';
import { NodeFormula, NodeHelp } from './NodeHelp.tsx';
import { NotFinite } from './NotFinite.tsx';
import { TextField } from './TextField.tsx';

const text = strings.inspector;

/** A node: its name, its operation in words and as a formula, its attributes and inputs. */
export function NodeDetails({ id }: { readonly id: NodeId }) {
  const { store } = useServices();
  const node = useEditor(({ trace }) => indexOf(trace.document).nodes.get(id));
  const operation = useEditor(({ registry }) => registry.get(node?.op ?? ''));
  const error = useEditor(({ trace }) => trace.nodes.get(id)?.error?.message);
  const isLoss = useEditor(({ trace }) => trace.document.loss?.node === id);
  if (!node || !operation) return null;
  const rename = (label: string) =>
    store
      .getState()
      .edit(strings.edits.rename, [{ type: 'setLabel', node: id, label: label.trim() }])?.message;
  return (
    <>
      <h2 className="inspector-title">
        {capital(operation.title)} <MathName name={outputName(node)} />
      </h2>
      {operation.nickname && <p className="quiet-text">{operation.nickname}</p>}
      {error && <p className="note warning">{error}</p>}
      <NodeDiagnoses id={id} />
      <NodeFormula node={node} operation={operation} />
      <section className="inspector-section">
        <TextField label={text.name} value={node.label} commit={rename} />
        {operation.group !== 'sources' && (
          <div className="field">
            <span className="field-name">{text.loss}</span>
            <button type="button" className="button" onClick={() => toggleLoss(store, id)}>
              {isLoss ? text.noLongerLoss : text.markLoss}
            </button>
          </div>
        )}
      </section>
      <ValueSlider node={node} />
      {operation.group !== 'sources' && <NodeActions node={node} />}
      <NodeValues id={id} />
      <Attributes node={node} operation={operation} />
      {inputPorts(operation, node.attrs).length > 0 && (
        <NodeInputs node={node} operation={operation} />
      )}
      <NodeHelp node={node} operation={operation} />
      <NodeCounters id={id} />
    </>
  );
}

interface NodeProps {
  readonly node: GraphNode;
  readonly operation: Operation;
}

/** The node's value, and what the loss answers to it, as far as the film has come. */
function NodeValues({ id }: { readonly id: NodeId }) {
  const value = useEditor(({ trace, workspace, film, quiz }) =>
    quiz || workspace !== 'trace' || film.shown.values.has(id)
      ? trace.nodes.get(id)?.value
      : undefined,
  );
  const gradient = useEditor((state) => {
    const { trace, workspace, film, quiz } = state;
    const shown = quiz ? !quizHidesTotal(state, id) : film.shown.totals.has(id);
    return shown || (!quiz && workspace !== 'trace') ? trace.nodes.get(id)?.gradient : undefined;
  });
  const place = useEditor(({ trace }) => checkedAt(trace.document, id));
  const name = useEditor(({ trace }) => {
    const node = indexOf(trace.document).nodes.get(id);
    return node ? outputName(node) : id;
  });
  const numbers = useNumbers();
  // Where some wire leads to a class index, wiggling the node would wiggle the index too.
  const whole = useEditor(({ trace }) =>
    (indexOf(trace.document).outgoing.get(id) ?? []).every(
      (wire) => trace.wires.get(wire.id)?.gradient,
    ),
  );
  if (!value) return null;
  return (
    <section>
      <h3 className="heading">{text.values}</h3>
      <dl className="facts numeric">
        <dt>{text.forward}</dt>
        <dd className="value">{describeValue(value, numbers)}</dd>
        {gradient !== undefined && (
          <>
            <dt>{text.gradient}</dt>
            <dd className="gradient">
              {gradient ? describeValue(gradient, numbers) : strings.canvas.noGradient}
            </dd>
            {gradient && place && <CheckLine place={place} />}
          </>
        )}
      </dl>
      <NotFinite values={[value, gradient]} />
      {gradient && whole && <Wiggle place={{ kind: 'node', node: id }} name={name} />}
    </section>
  );
}

/** Where a node's total is checked: on its one wire, or where its wires meet. */
function checkedAt(document: GraphDocument, id: NodeId): string | undefined {
  const [wire, ...others] = indexOf(document).outgoing.get(id) ?? [];
  if (!wire) return undefined;
  const { id: own, from, to } = wire;
  return others.length > 0
    ? placeKey({ kind: 'node', node: id })
    : placeKey({ kind: 'wire', wire: own, from: from.node, to: to.node });
}

/** Each input with what feeds it: the same as drawing wires, without a mouse. */
function NodeInputs({ node, operation }: NodeProps) {
  const { store } = useServices();
  const document = useEditor(({ trace }) => trace.document);
  const { incoming } = indexOf(document);
  const wires = incoming.get(node.id);
  const connected = [...(wires?.keys() ?? [])];
  const further = nextPort(operation, node.attrs, connected);
  const ports = [...inputPorts(operation, node.attrs, connected), ...(further ? [further] : [])];
  const others = document.nodes.filter(({ id }) => id !== node.id);
  const change = (port: string, source: string) => {
    const wire = wires?.get(port);
    const from = others.find(({ id }) => id === source);
    if (from) {
      const refused = connect(store, { node: from.id, port: outputPort }, { node: node.id, port });
      if (refused) {
        store
          .getState()
          .showBubble({ message: refused.message, x: window.innerWidth - 340, y: 80 });
      }
    } else if (wire) {
      store
        .getState()
        .edit(strings.edits.remove(0, 1), [{ type: 'removeWires', wires: [wire.id] }]);
    }
  };
  return (
    <section className="inspector-section">
      <h3 className="heading">{text.inputs}</h3>
      {ports.map(({ name }) => (
        <div className="field" key={name}>
          <label htmlFor={`input-${name}`}>{name}</label>
          <select
            id={`input-${name}`}
            className="choice"
            aria-label={text.connectTo(name)}
            value={wires?.get(name)?.from.node ?? ''}
            onChange={(event) => change(name, event.target.value)}
          >
            <option value="">{text.nothing}</option>
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {outputName(other)}
              </option>
            ))}
          </select>
        </div>
      ))}
    </section>
  );
}

function capital(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
