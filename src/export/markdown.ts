import {
  type GraphNode,
  indexOf,
  type NodeId,
  nameLatex,
  outputName,
  type Wire,
  type WireId,
  wireName,
} from '#graph';
import type { Registry } from '#ops';
import type { ArrayValue } from '#tensor';
import {
  chainRule,
  formatBadge,
  grouped,
  isSingle,
  knownNorm,
  type Numbers,
  singleNumber,
  type Trace,
  type TraceStep,
  type WireTrace,
} from '#trace';

/** A trace as a report in Markdown: the whole derivation in LaTeX, step by step, with its numbers. */
export function toMarkdown(trace: Trace, registry: Registry, numbers: Numbers): string {
  return new Report(trace, registry, numbers).write();
}

/** Larger tensors stand by their shape and norm. */
const most = { rows: 6, columns: 6 };

class Report {
  readonly #trace: Trace;
  readonly #registry: Registry;
  readonly #numbers: Numbers;

  constructor(trace: Trace, registry: Registry, numbers: Numbers) {
    this.#trace = trace;
    this.#registry = registry;
    this.#numbers = numbers;
  }

  write(): string {
    const { document, steps, loss } = this.#trace;
    const parts = [`# ${plain(document.title || 'A computational graph')}`];
    let chapter = '';
    let node: NodeId | undefined;
    for (const step of steps) {
      const next =
        step.kind === 'given' ? 'Given' : step.kind === 'forward' ? 'Forward' : 'Backward';
      if (next !== chapter) parts.push(`## ${next}`);
      chapter = next;
      if (next === 'Backward' && step.kind !== 'seed' && step.kind !== 'given') {
        if (step.node !== node) parts.push(`### ${this.#heading(step.node)}`);
        node = step.node;
      }
      parts.push(...this.#step(step));
    }
    parts.push('## Results', this.#table());
    if (loss !== undefined && this.#trace.batchSize > 1) {
      parts.push(
        `The loss, averaged over ${this.#trace.batchSize} examples, is ${this.#numbers.format(loss)}.`,
      );
    }
    return `${parts.join('\n\n')}\n`;
  }

  #step(step: TraceStep): readonly string[] {
    switch (step.kind) {
      case 'given':
        return step.nodes.map((id) => {
          const value = this.#trace.nodes.get(id)?.value;
          return block(`${this.#latexName(id)} = ${value ? this.#value(value) : '?'}`);
        });
      case 'forward':
        return [this.#forward(step.node, step.wires)];
      case 'seed':
        return [
          'Backpropagation starts at the loss:',
          block(
            `${partial('L', this.#latexName(step.node))} = ${this.#numbers.format(this.#trace.document.loss?.seed ?? 1)}${this.#trace.batchSize > 1 ? `\\quad\\text{over the mean of ${this.#trace.batchSize} examples}` : ''}`,
          ),
        ];
      case 'product':
        return this.#product(step.wire);
      case 'stop':
        return [this.#stop(step.wire)];
      case 'sum':
        return [this.#sum(step.node, step.wires)];
      // The product tells all three.
      case 'upstream':
      case 'local':
        return [];
    }
  }

  #forward(id: NodeId, wires: readonly WireId[]): string {
    const node = this.#node(id);
    const operation = node && this.#registry.get(node.op);
    const output = this.#trace.nodes.get(id)?.value;
    if (!node || !operation || !output) return '';
    const found = wires.flatMap((wire) => this.#wire(wire) ?? []);
    const names = Object.fromEntries(
      found.map((wire) => [wire.to.port, nameLatex(wireName(this.#trace.document, wire))]),
    );
    const values = found.flatMap((wire) => {
      const value = this.#trace.wires.get(wire.id)?.value;
      return value ? [[wire.to.port, value] as const] : [];
    });
    const name = nameLatex(outputName(node));
    const general = operation.latex.forward(names, node.attrs);
    const allSingle = values.every(([, value]) => isSingle(value)) && isSingle(output);
    const filled = allSingle
      ? operation.latex.forward(
          Object.fromEntries(values.map(([port, value]) => [port, this.#operand(value)])),
          node.attrs,
        )
      : undefined;
    const title = `**${plain(operation.title)}**${operation.nickname ? ` (${plain(operation.nickname)})` : ''}`;
    const lines = [
      name,
      general,
      ...(filled === undefined || filled === general ? [] : [filled]),
      this.#value(output),
    ];
    return `${title}\n\n${block(lines.join(' = '))}`;
  }

  /** Upstream × local = what flows back, in general and with the numbers. */
  #product(id: WireId): readonly string[] {
    const wire = this.#wire(id);
    const traced = this.#trace.wires.get(id);
    if (!wire || !traced?.gradient || !traced.upstream) return [];
    const rule = chainRule(this.#trace.document, this.#registry, wire, traced);
    const [shown] = [nameLatex(wireName(this.#trace.document, wire))];
    const factors = this.#factors(traced);
    const result = this.#value(traced.gradient);
    const numbers = factors ? `${factors} = ${result}` : result;
    return [
      `Into the wire $${safe(shown)}$:`,
      block(rule === '' ? partial('L', shown) : rule),
      block(`${partial('L', shown)} = ${numbers}`),
    ];
  }

  /** Local and upstream gradient as they multiply; undefined where there is no such product to write. */
  #factors({ upstream, gradient, local }: WireTrace): string | undefined {
    const found = local();
    if (!found || found.kind === 'jacobian' || !upstream || !gradient) return undefined;
    const [factor, from] = [found.value, upstream];
    const sums = from.batched && !gradient.batched ? '\\textstyle\\sum_i ' : '';
    if (isSingle(factor) && isSingle(from)) {
      return `${sums}${this.#operand(factor)} \\cdot ${this.#operand(from)}`;
    }
    if (!this.#fits(factor) || !this.#fits(from)) return undefined;
    const [a, b] = [this.#value(factor), this.#value(from)];
    if (found.kind === 'matrix') {
      return found.side === 'right' ? `${sums}${b} \\cdot ${a}` : `${sums}${a} \\cdot ${b}`;
    }
    return `${sums}${a} \\odot ${b}`;
  }

  #stop(id: WireId): string {
    const wire = this.#wire(id);
    const name = wire ? nameLatex(wireName(this.#trace.document, wire)) : '';
    const reason = this.#trace.wires.get(id)?.reason;
    return reason === 'index'
      ? `Nothing flows back to $${safe(name)}$: a class index has no gradient.`
      : `Nothing flows back to $${safe(name)}$: it is a constant.`;
  }

  #sum(id: NodeId, wires: readonly WireId[]): string {
    const total = this.#trace.nodes.get(id)?.gradient;
    const parts = wires.flatMap((wire) => this.#trace.wires.get(wire)?.gradient ?? []);
    const terms = parts.map((part) => (isSingle(part) ? this.#operand(part) : this.#value(part)));
    const name = partial('L', this.#latexName(id));
    const end = total ? ` = ${this.#value(total)}` : '';
    return `Its value goes ${wires.length} ways, so the gradients add:\n\n${block(`${name} = ${terms.join(' + ')}${end}`)}`;
  }

  #table(): string {
    const { document, nodes } = this.#trace;
    const rows = document.nodes.map((node) => {
      const { value, gradient } = nodes.get(node.id) ?? {};
      const shown = (entry: ArrayValue | null | undefined) =>
        entry === undefined ? '' : entry === null ? 'none' : this.#short(entry);
      return `| ${plain(outputName(node))} | ${plain(this.#registry.get(node.op)?.title ?? node.op)} | ${shown(value)} | ${shown(gradient)} |`;
    });
    return ['| name | operation | value | gradient |', '|---|---|---|---|', ...rows].join('\n');
  }

  #short(value: ArrayValue): string {
    if (isSingle(value)) return this.#numbers.format(singleNumber(value));
    if (value.data.data.length <= 8) {
      return `[${Array.from(value.data.data, (x) => this.#numbers.format(x)).join(', ')}]`;
    }
    return `${formatBadge(value)}, norm ${this.#numbers.format(knownNorm(value.data))}`;
  }

  #heading(id: NodeId): string {
    const node = this.#node(id);
    const title = node ? (this.#registry.get(node.op)?.title ?? node.op) : id;
    return `${plain(title)} $${safe(this.#latexName(id))}$`;
  }

  /** A number, a matrix, or how large it is; one row per example. */
  #value(value: ArrayValue): string {
    const { batched, shape, data } = value;
    if (isSingle(value)) return numberLatex(this.#numbers.format(singleNumber(value)));
    if (!this.#fits(value)) {
      return `\\text{a tensor } ${formatBadge(value).replaceAll('×', '\\times ')}\\text{ with norm } ${numberLatex(this.#numbers.format(knownNorm(data)))}`;
    }
    const columns = batched || shape.length === 2 ? (data.shape.at(-1) ?? 1) : 1;
    const flat = batched && shape.length === 0 ? 1 : columns;
    const rows = Array.from({ length: data.data.length / flat }, (_, row) =>
      Array.from({ length: flat }, (__, column) =>
        numberLatex(this.#numbers.format(data.data[row * flat + column] ?? 0, 4)),
      ).join(' & '),
    );
    return `\\begin{bmatrix} ${rows.join(' \\\\ ')} \\end{bmatrix}`;
  }

  #fits({ batched, shape, data }: ArrayValue): boolean {
    if (data.data.length === 1) return true;
    if (shape.length + (batched ? 1 : 0) > 2) return false;
    const [rows = 1, columns = 1] = data.shape;
    return rows <= most.rows && columns <= most.columns;
  }

  #operand(value: ArrayValue): string {
    return grouped(numberLatex(this.#numbers.format(singleNumber(value))));
  }

  #latexName(id: NodeId): string {
    const node = this.#node(id);
    return nameLatex(node ? outputName(node) : id);
  }

  #node(id: NodeId): GraphNode | undefined {
    return indexOf(this.#trace.document).nodes.get(id);
  }

  #wire(id: WireId): Wire | undefined {
    return indexOf(this.#trace.document).wires.get(id);
  }
}

function partial(of: string, by: string): string {
  return `\\frac{\\partial ${of}}{\\partial ${by}}`;
}

function numberLatex(text: string): string {
  return text
    .replaceAll('−', '-')
    .replace(/^(-?[\d.]+)e(-?\d+)$/, '$1 \\cdot 10^{$2}')
    .replace('∞', '\\infty')
    .replace('NaN', '\\text{NaN}');
}

function block(latex: string): string {
  return `$$\n${safe(latex)}\n$$`;
}

/** Formulas that no reader of Markdown takes for HTML, for the end of the formula, or for code. */
function safe(latex: string): string {
  return latex
    .replaceAll('<', '\\lt ')
    .replaceAll('>', '\\gt ')
    .replaceAll('\\$', '\\text{\uFF04}')
    .replaceAll('`', '\\text{\u2018}')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** Text whose signs mean nothing in Markdown. */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_{}[\]()#+\-.!|<>&$~^]/g, (sign) => `\\${sign}`);
}
