import {
  applyEdit,
  collapseFrame,
  type Edit,
  emptyDocument,
  expandNode,
  frameId,
  type GraphDocument,
  nodeId,
  type Transaction,
  wireId,
} from '#graph';
import { catalogue, inputPorts } from '#ops';
import { type ArrayValue, type Form, filled, type NdArray, sizeOf } from '#tensor';
import { trace } from '#trace';
import { relativeDifference } from './goldens.ts';
import { exact, sampleOf, upstreamFor } from './operations.ts';

/** The node under test in `documentAround`. */
export const whole = nodeId('whole');

/**
 * A document in which one operation takes inputs of its own, at x = 0, with a node beside it and the
 * loss Σ weight · output behind it. `upstream` is the gradient that arrives at the output, batch first.
 */
export function documentAround(
  op: string,
  attrs: object,
  inputs: Readonly<Record<string, ArrayValue>>,
  output: Form,
  upstream: NdArray,
): GraphDocument {
  const operation = catalogue.get(op);
  if (!operation) throw new Error(`no operation ${op}`);
  const ports = inputPorts(operation, attrs, Object.keys(inputs)).map(({ name }) => name);
  const edits: Edit[] = [];
  const node = (id: string, kind: string, x: number, y: number, raw: object = {}) => {
    const at = { x, y };
    edits.push({
      type: 'addNode',
      node: { id: nodeId(id), op: kind, label: id, attrs: raw, position: at },
    });
  };
  const wire = (from: string, to: string, port: string, name?: string) => {
    const ends = {
      from: { node: nodeId(from), port: 'out' },
      to: { node: nodeId(to), port },
    };
    const id = wireId(`${from}-${to}`);
    edits.push({ type: 'addWire', wire: { id, ...ends, ...(name ? { name } : {}) } });
  };
  ports.forEach((port, at) => {
    const value = inputs[port];
    if (!value) return;
    const { batched, shape, data } = value;
    node(`in-${port}`, 'input', 0, 160 * at, { batched, shape, value: data });
  });
  node(whole, op, 260, 100, attrs);
  node('near', 'constant', 260, 260, { value: 1 });
  // The batch averages its losses: each example's weight makes up for that.
  const examples = output.batched ? (upstream.shape[0] ?? 1) : 1;
  const data = upstream.data.map((entry) => entry * examples);
  node('weights', 'input', 260, 400, {
    batched: output.batched,
    shape: output.shape,
    value: { shape: upstream.shape, data },
  });
  node('weighted', 'mul', 560, 100);
  for (const port of ports) if (inputs[port]) wire(`in-${port}`, whole, port, `value ${port}`);
  wire(whole, 'weighted', 'a', 'q');
  wire('weights', 'weighted', 'b');
  let last = 'weighted';
  if (output.shape.length > 0) {
    node('total', 'sum', 800, 100);
    wire('weighted', 'total', 'x');
    last = 'total';
  }
  edits.push({ type: 'setLoss', loss: { node: nodeId(last), seed: 1 } });
  return after(emptyDocument('one operation'), { label: '', edits });
}

/** The document after a transaction. */
export function after(document: GraphDocument, { edits }: Transaction): GraphDocument {
  return edits.reduce((current, edit) => applyEdit(current, edit, catalogue), document);
}

/** The frame of its parts, once it is expanded. */
export const frame = frameId('whole');

/** A document around an operation's own sample. */
export function around(op: string): GraphDocument {
  const operation = catalogue.get(op);
  if (!operation) throw new Error(`no operation ${op}`);
  const { attrs, inputs } = sampleOf(operation);
  const output = operation.forward(exact, inputs, attrs);
  return documentAround(op, attrs, inputs, output, upstreamFor(output));
}

export function expanded(document: GraphDocument, id = whole): GraphDocument {
  return after(document, expandNode(document, catalogue, id));
}

export function collapsed(document: GraphDocument, id = frame): GraphDocument {
  return after(document, collapseFrame(document, catalogue, id));
}

export function edited(document: GraphDocument, ...edits: Edit[]): GraphDocument {
  return after(document, { label: '', edits });
}

/** What two graphs disagree about: the loss, and the gradients of the nodes that both have. */
export function disagreements(a: GraphDocument, b: GraphDocument, tolerance = 1e-9): string[] {
  const [first, second] = [a, b].map((document) => trace(document, catalogue));
  const found = [...(first?.errors ?? []), ...(second?.errors ?? [])].map(({ message }) => message);
  const loss = ({ loss = Number.NaN }: { loss?: number | undefined } = {}): NdArray => ({
    shape: [],
    data: Float64Array.of(loss),
  });
  if (!(relativeDifference(loss(first), loss(second)) <= tolerance)) found.push('loss');
  for (const [id, { gradient }] of first?.nodes ?? []) {
    const other = second?.nodes.get(id);
    if (!other) continue;
    // A branch that carries no gradient has gradient null or zero, as its operations see it.
    const [one, two] = [gradient, other.gradient].map((each, at) => {
      const value = [first, second][at]?.nodes.get(id)?.value;
      return each?.data ?? filled(value?.data.shape ?? [], 0);
    });
    const same =
      one &&
      two &&
      sizeOf(one.shape) === sizeOf(two.shape) &&
      relativeDifference(one, two) <= tolerance;
    if (!same) found.push(`gradient of ${id}`);
  }
  return found;
}
