import { type GraphDocument, indexOf, type NodeId, type Wire, type WireId } from '#graph';
import type { Operation, Registry } from '#ops';
import type { Trace, TraceStep } from '#trace';
import { outputName, wireName } from '../format/names.ts';
import { formatNumber, formatOperand } from '../format/numbers.ts';
import { describeValue, formatBadge, isSingle, singleNumber } from '../format/tensors.ts';
import { strings } from '../strings/en.ts';
import { gradient, local, type Part, type Rich } from '../strings/rich.ts';

const text = strings.captions;

/** Sources named one by one; more are counted. */
const mostGiven = 5;

/** What step `at` of the film does, in words and numbers; before the first step, what there is to see. */
export function captionOf(trace: Trace, registry: Registry, at: number): Rich {
  const step = trace.steps[at];
  if (step) return new Narrator(trace, registry).tell(step);
  if (trace.steps.length === 0) return text.empty;
  return trace.loss === undefined ? text.startNoLoss : text.start;
}

class Narrator {
  readonly #trace: Trace;
  readonly #document: GraphDocument;
  readonly #registry: Registry;

  constructor(trace: Trace, registry: Registry) {
    this.#trace = trace;
    this.#document = trace.document;
    this.#registry = registry;
  }

  tell(step: TraceStep): Rich {
    switch (step.kind) {
      case 'given':
        return this.#given(step.nodes);
      case 'forward':
        return this.#forward(step.node, step.wires);
      case 'seed': {
        const seed = this.#trace.document.loss?.seed ?? 1;
        return text.seed(this.#name(step.node), formatNumber(seed));
      }
      case 'upstream':
        return text.upstream(this.#title(step.node), this.#upstream(step.wire));
      case 'local':
        return this.#local(step.node, step.wire);
      case 'product':
        return this.#product(step.node, step.wire);
      case 'stop': {
        const name = this.#wireName(step.wire);
        const reason = this.#trace.wires.get(step.wire)?.reason;
        return reason === 'index' ? text.stopIndex(name) : text.stopConstant(name);
      }
      case 'sum':
        return this.#sum(step.node, step.wires);
    }
  }

  #given(nodes: readonly NodeId[]): Rich {
    const sources = nodes.flatMap((id) => {
      const value = this.#trace.nodes.get(id)?.value;
      return value ? [{ name: this.#name(id), text: describeValue(value) }] : [];
    });
    return text.given(sources.slice(0, mostGiven), Math.max(0, sources.length - mostGiven));
  }

  #forward(node: NodeId, wires: readonly WireId[]): Rich {
    const operation = this.#operation(node);
    const output = this.#trace.nodes.get(node)?.value;
    const inputs = wires.flatMap((wire) => this.#trace.wires.get(wire)?.value ?? []);
    const title = capital(operation?.title ?? '');
    if (!output || !operation) return text.shapes(title, inputs.map(describeValue), '');
    if (!isSingle(output) || !inputs.every(isSingle)) {
      return text.shapes(title, inputs.map(formatBadge), describeValue(output));
    }
    const numbers = inputs.map(singleNumber);
    const result = formatNumber(singleNumber(output));
    const infix = operation.group === 'arithmetic' && /^[^\p{L}]$/u.test(operation.symbol);
    if (infix && numbers.length > 1) {
      return text.infix(title, operation.symbol, numbers.map(formatOperand), result);
    }
    return text.applied(
      title,
      operation.title,
      numbers.map((x) => formatNumber(x)),
      result,
    );
  }

  #local(node: NodeId, wire: WireId): Rich {
    const found = this.#trace.wires.get(wire)?.local();
    const [out, name] = [this.#name(node), this.#wireName(wire)];
    if (found?.kind === 'elementwise' && isSingle(found.value)) {
      const slope = singleNumber(found.value);
      if (slope === 1) return text.localOne(out, name, formatNumber(slope));
      if (slope === 0) return text.localNone(out, name, formatNumber(slope));
      return text.localNumber(out, name, formatNumber(slope));
    }
    const what =
      !found || found.kind === 'jacobian' ? strings.inspector.jacobian : formatBadge(found.value);
    return text.localShape(out, name, what);
  }

  #product(node: NodeId, wire: WireId): Rich {
    const operation = this.#operation(node);
    const traced = this.#trace.wires.get(wire);
    const title = capital(operation?.title ?? '');
    const passes = operation?.passes ?? '';
    const slope = traced?.local();
    const { upstream, gradient: result } = traced ?? {};
    const shown = result ? describeValue(result) : strings.canvas.noGradient;
    if (!slope || slope.kind === 'jacobian' || !upstream || !result) {
      return text.flows(title, passes, shown);
    }
    const numbers = slope.kind === 'elementwise' && [slope.value, upstream, result].every(isSingle);
    if (!numbers) return text.flows(title, passes, shown);
    const factors: Part[] = [
      local(formatOperand(singleNumber(slope.value))),
      gradient(formatOperand(singleNumber(upstream))),
    ];
    return text.product(title, passes, factors, shown);
  }

  #sum(node: NodeId, wires: readonly WireId[]): Rich {
    const terms = wires.flatMap((wire) => {
      const value = this.#trace.wires.get(wire)?.gradient;
      if (!value) return [];
      return [isSingle(value) ? formatOperand(singleNumber(value)) : formatBadge(value)];
    });
    const total = this.#trace.nodes.get(node)?.gradient;
    return text.sum(this.#name(node), terms, total ? describeValue(total) : '');
  }

  #operation(node: NodeId): Operation | undefined {
    const found = indexOf(this.#document).nodes.get(node);
    return found && this.#registry.get(found.op);
  }

  #title(node: NodeId): string {
    return this.#operation(node)?.title ?? this.#name(node);
  }

  #name(node: NodeId): string {
    const found = indexOf(this.#document).nodes.get(node);
    return found ? outputName(found) : node;
  }

  #wire(id: WireId): Wire | undefined {
    return indexOf(this.#document).wires.get(id);
  }

  #wireName(id: WireId): string {
    const wire = this.#wire(id);
    return wire ? wireName(this.#document, wire) : id;
  }

  #upstream(wire: WireId): string {
    const value = this.#trace.wires.get(wire)?.upstream;
    return value ? describeValue(value) : strings.canvas.unknown;
  }
}

/** A title at the start of a sentence; names like σ and tanh stay as they are. */
function capital(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
