import { type GraphDocument, indexOf, type NodeId, type Wire, type WireId } from '#graph';
import type { Operation, Registry } from '#ops';
import { type ArrayValue, sizeOf } from '#tensor';
import type { Trace, TraceStep } from '#trace';
import { outputName, wireName } from '../format/names.ts';
import type { Numbers } from '../format/numbers.ts';
import { describeValue, formatBadge, isSingle, singleNumber } from '../format/tensors.ts';
import { strings } from '../strings/en.ts';
import type { Named } from '../strings/en-captions.ts';
import { gradient, local, type Part, type Rich } from '../strings/rich.ts';

const text = strings.captions;

/** Sources named one by one; more are counted. */
const mostGiven = 5;

/** What step `at` of the film does, in words and numbers; before the first step, what there is to see. */
export function captionOf(trace: Trace, registry: Registry, numbers: Numbers, at: number): Rich {
  const step = trace.steps[at];
  if (step) return new Narrator(trace, registry, numbers).tell(step);
  if (trace.steps.length === 0) return text.empty;
  return trace.loss === undefined ? text.startNoLoss : text.start;
}

class Narrator {
  readonly #trace: Trace;
  readonly #document: GraphDocument;
  readonly #registry: Registry;
  readonly #numbers: Numbers;

  constructor(trace: Trace, registry: Registry, numbers: Numbers) {
    this.#trace = trace;
    this.#document = trace.document;
    this.#registry = registry;
    this.#numbers = numbers;
  }

  tell(step: TraceStep): Rich {
    switch (step.kind) {
      case 'given':
        return this.#given(step.nodes);
      case 'forward':
        return this.#forward(step.node, step.wires);
      case 'seed': {
        const seed = this.#trace.document.loss?.seed ?? 1;
        return text.seed(this.#name(step.node), this.#numbers.format(seed));
      }
      case 'upstream':
        return this.#upstream(step.node, step.wire);
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
      return value ? [this.#named(this.#name(id), value)] : [];
    });
    return text.given(sources.slice(0, mostGiven), Math.max(0, sources.length - mostGiven));
  }

  #forward(node: NodeId, wires: readonly WireId[]): Rich {
    const operation = this.#operation(node);
    const output = this.#trace.nodes.get(node)?.value;
    const title = capital(operation?.title ?? '');
    if (!output || !operation) return text.flowsNone(title, '');
    const inputs = wires.flatMap((wire) => this.#trace.wires.get(wire)?.value ?? []);
    if (!isSingle(output) || !inputs.every(isSingle)) {
      const operands = wires.flatMap((wire) => {
        const value = this.#trace.wires.get(wire)?.value;
        return value ? [this.#named(this.#wireName(wire), value)] : [];
      });
      return text.shapes(title, operands, this.#named(this.#name(node), output));
    }
    const operands = inputs.map(singleNumber);
    const result = this.#numbers.format(singleNumber(output));
    const infix = operation.group === 'arithmetic' && /^[^\p{L}]$/u.test(operation.symbol);
    if (infix && operands.length > 1) {
      return text.infix(
        title,
        operation.symbol,
        operands.map((x) => this.#numbers.operand(x)),
        result,
      );
    }
    return text.applied(
      title,
      operation.title,
      operands.map((x) => this.#numbers.format(x)),
      result,
    );
  }

  #local(node: NodeId, wire: WireId): Rich {
    const found = this.#trace.wires.get(wire)?.local();
    const [out, name] = [this.#name(node), this.#wireName(wire)];
    if (found?.kind === 'elementwise' && isSingle(found.value)) {
      const slope = singleNumber(found.value);
      if (slope === 1) return text.localOne(out, name, this.#numbers.format(slope));
      if (slope === 0) return text.localNone(out, name, this.#numbers.format(slope));
      return text.localNumber(out, name, this.#numbers.format(slope));
    }
    return !found || found.kind === 'jacobian'
      ? text.localJacobian(out, name)
      : text.localShape(out, name, formatBadge(found.value));
  }

  #product(node: NodeId, wire: WireId): Rich {
    const operation = this.#operation(node);
    const traced = this.#trace.wires.get(wire);
    const title = capital(operation?.title ?? '');
    const passes = operation?.passes ?? '';
    const slope = traced?.local();
    const { upstream, gradient: result } = traced ?? {};
    if (!result) return text.flowsNone(title, passes);
    const numbers =
      slope?.kind === 'elementwise' &&
      upstream !== undefined &&
      [slope.value, upstream, result].every(isSingle);
    if (!numbers) {
      const over = {
        entries:
          slope?.kind === 'elementwise' &&
          upstream !== undefined &&
          sizeOf(result.shape) < sizeOf(upstream.shape),
        examples: upstream?.batched && !result.batched ? (upstream.data.shape[0] ?? 0) : 0,
      };
      return text.flows(title, passes, over, this.#named(this.#wireName(wire), result));
    }
    const factors: Part[] = [
      local(this.#numbers.operand(singleNumber(slope.value))),
      gradient(this.#numbers.operand(singleNumber(upstream))),
    ];
    return text.product(title, passes, factors, this.#describe(result));
  }

  #sum(node: NodeId, wires: readonly WireId[]): Rich {
    const parts = wires.flatMap((wire) => this.#trace.wires.get(wire)?.gradient ?? []);
    const total = this.#trace.nodes.get(node)?.gradient;
    const name = this.#name(node);
    if (total && !isSingle(total)) return text.sumShape(parts.length, this.#named(name, total));
    const terms = parts.map((value) => this.#numbers.operand(singleNumber(value)));
    return text.sum(name, terms, total ? this.#describe(total) : '');
  }

  #named(name: string, value: ArrayValue): Named {
    return { name, text: this.#describe(value), isTensor: !isSingle(value) };
  }

  #describe(value: ArrayValue): string {
    return describeValue(value, this.#numbers);
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

  #upstream(node: NodeId, wire: WireId): Rich {
    const value = this.#trace.wires.get(wire)?.upstream;
    const title = this.#title(node);
    return value && !isSingle(value)
      ? text.upstreamShape(title, this.#named(this.#name(node), value))
      : text.upstream(title, value ? this.#describe(value) : strings.canvas.unknown);
  }
}

/** A title at the start of a sentence; names like σ and tanh stay as they are. */
function capital(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
