import {
  type Backward,
  backward,
  type Forward,
  forward,
  type NodeId,
  outputName,
  type PlannedNode,
  type WireId,
} from '#graph';
import type { Registry } from '#ops';
import { type NdArray, sizeOf, type Value, ValueOps } from '#tensor';
import type { Trace } from '#trace';
import { type Expr, ExprOps, examples } from './expr.ts';
import { helpersFor, numpyHelpers } from './helpers.ts';
import { numpy } from './numpy-dialect.ts';
import { Printer, speaksOfExamples } from './printer.ts';
import {
  base64Of,
  comment,
  Identifiers,
  pythonNested,
  pythonNumber,
  pythonShape,
  pythonString,
} from './python.ts';
import {
  type Computable,
  computable,
  fullShape,
  heldValue,
  maskAt,
  withoutMasks,
} from './sources.ts';

/** Larger arrays are written as base64: nobody would read them. */
const readable = 512;

const reserved = ['np', 'math', 'base64', 'N', 'values', 'gradients', ...Object.keys(numpyHelpers)];

/**
 * Forward and backward pass as a script of NumPy, every step written out as in a homework: from the very rules that
 * the trace runs. Running it gives `values` and `gradients` by the ids of the nodes.
 */
export function toNumpy(trace: Trace, registry: Registry): string {
  const graph = computable(trace, registry);
  return new Script(graph).write();
}

type Pass = Backward<Expr> & {
  readonly loss: NodeId;
  /** Where it starts: its name, and what stands behind it. */
  readonly seed: { readonly name: string; readonly written: string };
};

class Script {
  readonly #graph: Computable;
  readonly #engine = new ExprOps();
  readonly #o = new ValueOps(this.#engine);
  readonly #identifiers = new Identifiers(reserved);
  readonly #names = new Map<NodeId, string>();
  readonly #data: string[] = [];
  #needsBase64 = false;

  constructor(graph: Computable) {
    this.#graph = graph;
    for (const { node } of graph.plan) {
      this.#names.set(node.id, this.#identifiers.fresh(outputName(node)));
    }
  }

  write(): string {
    const { document, trace } = this.#graph;
    const plan = withoutMasks(this.#graph.plan);
    const pass = this.#forward(plan);
    for (const [, error] of pass.errors) throw error;
    const back = this.#backward(plan, pass);
    const wanted = [
      ...[...pass.values.values()].map(({ data }) => data),
      ...(back ? wantedBack(back) : []),
    ];
    let count = 0;
    const fresh = () => {
      count++;
      return this.#identifiers.fresh(`t${count}`);
    };
    const printer = new Printer(numpy, wanted, fresh);
    printer.lines.push('', comment('Forward'));
    for (const { node, operation } of plan) {
      const value = pass.values.get(node.id);
      const name = this.#name(node.id);
      if (!value) continue;
      if (operation.source) printer.name(value.data, name);
      else printer.assign(name, value.data);
    }
    const gradients = back ? this.#writeBackward(printer, plan, back) : new Map<NodeId, string>();
    const body = [...printer.lines, '', ...this.#results(gradients)];
    const size = speaksOfExamples([...body, ...this.#data])
      ? [`N = ${trace.batchSize}  # examples`]
      : [];
    const helpers = helpersFor([...body, ...this.#data], numpyHelpers);
    const head = [
      ...(document.title === '' ? [] : [comment(document.title)]),
      comment(
        'Forward and backward, written out: d_x is the gradient of the loss with respect to x.',
      ),
      ...(this.#needsBase64 ? ['import base64'] : []),
      ...(helpers.some((code) => code.includes('math.')) ? ['import math', ''] : ['']),
      'import numpy as np',
      '',
      ...helpers.flatMap((code) => ['', code, '']),
      comment('Data'),
      ...size,
      ...this.#data,
    ];
    return `${[...head, ...body].join('\n')}\n`;
  }

  #name(id: NodeId): string {
    return this.#names.get(id) ?? 'node';
  }

  #forward(plan: readonly PlannedNode[]): Forward<Expr> {
    return forward(plan, this.#o, (planned) => this.#source(planned), {
      auxiliary: ({ node }, name, wanted) => {
        if (wanted.kind !== 'mask') return undefined;
        const mask = maskAt(this.#graph, node.id, wanted);
        if (!mask) return undefined;
        const own = this.#identifiers.fresh(`${name}_${this.#name(node.id)}`);
        this.#data.push(`${own} = ${this.#array(mask)}`);
        return { ...wanted.form, data: this.#engine.given(own, fullShape(wanted.form)) };
      },
    });
  }

  #source(planned: PlannedNode): Value<Expr> {
    const { id } = planned.node;
    const form = this.#graph.form(id);
    const name = this.#name(id);
    const held = heldValue(planned);
    if (held) this.#data.push(`${name} = ${this.#array(held.data)}`);
    else this.#data.push(placeholder(name, planned, fullShape(form)));
    return { ...form, data: this.#engine.given(name, fullShape(form)) };
  }

  #array(array: NdArray): string {
    if (array.data.length <= readable) return `np.array(${pythonNested(array)})`;
    this.#needsBase64 = true;
    return `np.frombuffer(base64.b64decode("${base64Of(array)}"), "<f8").reshape(${pythonShape(array.shape)})`;
  }

  #backward(plan: readonly PlannedNode[], pass: Forward<Expr>): Pass | undefined {
    const { loss } = this.#graph.document;
    const value = loss && pass.values.get(loss.node);
    if (!loss || !value || value.shape.length > 0) return undefined;
    const name = this.#identifiers.fresh(`d_${this.#name(loss.node)}`);
    const form = { batched: value.batched, shape: value.shape };
    // A name, not a number: 1 times something would not be written.
    const seed = { ...form, data: this.#engine.given(name, fullShape(form)) };
    const start = pythonNumber(loss.seed);
    const written = form.batched ? `np.full((N,), ${start} / N)` : `np.array(${start})`;
    return {
      loss: loss.node,
      seed: { name, written },
      ...backward(plan, this.#o, pass, loss.node, seed),
    };
  }

  #writeBackward(printer: Printer, plan: readonly PlannedNode[], back: Pass): Map<NodeId, string> {
    const gradients = new Map<NodeId, string>();
    const parts = this.#parts(plan, back);
    const partNames = new Map<NodeId, readonly string[]>();
    const { name: start, written } = back.seed;
    printer.lines.push('', comment('Backward'), `${start} = ${written}`);
    gradients.set(back.loss, start);
    for (const { node, operation, inputs } of plan.toReversed()) {
      const total = back.totals.get(node.id);
      if (!total || node.op === 'constant') continue;
      const name = this.#gradientName(gradients, node.id);
      const seeded = node.id === back.loss ? [start] : [];
      const arrived = partNames.get(node.id) ?? [];
      // With one part only, that part has the name already.
      if (arrived.length + seeded.length > 1) {
        const ways = `${outputName(node)} goes ${arrived.length} ways: their gradients add`;
        const sum = seeded.length > 0 ? this.#identifiers.fresh(`${start}_total`) : name;
        printer.lines.push(comment(ways), `${sum} = ${[...seeded, ...arrived].join(' + ')}`);
        printer.name(total.data, sum);
        gradients.set(node.id, sum);
      }
      const flowing = inputs.filter(({ wire, from }) => this.#flows(back, wire, from));
      if (flowing.length === 0) continue;
      printer.lines.push(comment(`${operation.title} ${operation.passes}`));
      for (const { wire, from } of flowing) {
        const gradient = back.wires.get(wire)?.gradient;
        if (!gradient) continue;
        const own = parts.get(from) ?? [];
        const several = own.length > 1 || from === back.loss;
        const target = this.#gradientName(gradients, from);
        const part = several
          ? this.#identifiers.fresh(`${target}_${own.indexOf(wire) + 1}`)
          : target;
        printer.assign(part, gradient.data);
        if (several) partNames.set(from, [...(partNames.get(from) ?? []), part]);
      }
    }
    return gradients;
  }

  /** Whether a gradient flows on a wire: a constant receives none. */
  #flows(back: Pass, wire: WireId, from: NodeId): boolean {
    const source = this.#graph.document.nodes.find(({ id }) => id === from);
    return back.wires.get(wire)?.gradient != null && source?.op !== 'constant';
  }

  /** The wires that bring a gradient back to each node. */
  #parts(plan: readonly PlannedNode[], back: Pass): ReadonlyMap<NodeId, readonly WireId[]> {
    const parts = new Map<NodeId, WireId[]>();
    for (const { inputs } of plan.toReversed()) {
      for (const { wire, from } of inputs) {
        if (this.#flows(back, wire, from)) parts.set(from, [...(parts.get(from) ?? []), wire]);
      }
    }
    return parts;
  }

  #gradientName(gradients: Map<NodeId, string>, id: NodeId): string {
    const known = gradients.get(id);
    if (known !== undefined) return known;
    const made = this.#identifiers.fresh(`d_${this.#name(id)}`);
    gradients.set(id, made);
    return made;
  }

  #results(gradients: ReadonlyMap<NodeId, string>): readonly string[] {
    const { plan, document } = this.#graph;
    const values = plan.map(({ node }) => `    ${pythonString(node.id)}: ${this.#name(node.id)},`);
    const slopes = plan.flatMap(({ node }) => {
      if (!document.loss || node.op === 'constant') return [];
      const zero = `np.zeros_like(${this.#name(node.id)}, dtype=float)`;
      return [`    ${pythonString(node.id)}: ${gradients.get(node.id) ?? zero},`];
    });
    return [
      comment('By the ids of the nodes'),
      'values = {',
      ...values,
      '}',
      'gradients = {',
      ...slopes,
      '}',
      '',
      'if __name__ == "__main__":',
      '    for name, value in values.items():',
      '        print(f"{name}: {value}, gradient {gradients.get(name)}")',
    ];
  }
}

function wantedBack({ totals, wires }: Backward<Expr>): readonly Expr[] {
  return [
    ...[...totals.values()].map(({ data }) => data),
    ...[...wires.values()].flatMap(({ gradient }) => (gradient ? [gradient.data] : [])),
  ];
}

/** What stands for data that is not in the document: numbers of the right shape, to be replaced. */
function placeholder(name: string, { node }: PlannedNode, shape: readonly number[]): string {
  const field = 'field' in node.attrs ? ` “${String(node.attrs.field)}”` : '';
  const own = shape.filter((length) => length !== examples);
  const made =
    sizeOf(own) > 1
      ? `np.random.default_rng(0).normal(size=${pythonShape(shape)})`
      : `np.zeros(${pythonShape(shape)})`;
  return `${name} = ${made}  ${comment(`put your own data${field} here`)}`;
}
