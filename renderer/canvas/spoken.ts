import { indexOf, type NodeId, type WireId } from '#graph';
import { outputName, wireName } from '../format/names.ts';
import { describeValue } from '../format/tensors.ts';
import { type EditorStore, quizHides } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { wiring } from '../strings/en-wiring.ts';
import { showsGradient, showsTotal, showsValue } from './look.ts';

const text = strings.canvas.spoken;

/** What a wire shows, as a sentence: never more than can be seen of it now. */
export function spokenWire(state: EditorStore, id: WireId): string {
  const { trace, numbers } = state;
  const { wires, nodes } = indexOf(trace.document);
  const wire = wires.get(id);
  const traced = trace.wires.get(id);
  const target = wire && nodes.get(wire.to.node);
  if (!wire || !target) return '';
  const name = strings.canvas.wire(wireName(trace.document, wire), outputName(target));
  if (!traced?.value) return name;
  const value = showsValue(state, wire.from.node)
    ? text.value(describeValue(traced.value, numbers))
    : text.valueUnknown;
  return [name, value, gradientOf(state, id)].filter(Boolean).join(', ');
}

function gradientOf(state: EditorStore, id: WireId): string {
  const { trace, numbers } = state;
  const { gradient, reason } = trace.wires.get(id) ?? {};
  if (gradient === undefined) return '';
  if (quizHides(state, id)) return text.gradientAsked;
  if (!gradient) return reason ? strings.canvas.noGradientReason[reason] : text.noGradient;
  return showsGradient(state, id)
    ? text.gradient(describeValue(gradient, numbers))
    : text.gradientUnknown;
}

/** The same of a node. */
export function spokenNode(state: EditorStore, id: NodeId): string {
  const { trace, numbers, registry } = state;
  const node = indexOf(trace.document).nodes.get(id);
  const traced = trace.nodes.get(id);
  if (!node) return '';
  const op = node.bypassed?.op ?? node.op;
  const called = strings.canvas.node(registry.get(op)?.title ?? op, outputName(node));
  const name = node.bypassed ? `${called}, ${wiring.bypassed}` : called;
  if (!traced?.value) return name;
  const value = showsValue(state, id)
    ? text.value(describeValue(traced.value, numbers))
    : text.valueUnknown;
  const total = traced.gradient && showsTotal(state, id) ? traced.gradient : undefined;
  const parts = [name, value, ...(total ? [text.gradient(describeValue(total, numbers))] : [])];
  return parts.join(', ');
}
