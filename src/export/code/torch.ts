import { defaultTraining, type NodeId, outputName, type PlannedNode, type Training } from '#graph';
import type { Registry } from '#ops';
import { type NdArray, type Value, ValueOps } from '#tensor';
import type { Trace } from '#trace';
import { type Expr, ExprOps, examples } from './expr.ts';
import { helpersFor } from './helpers.ts';
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
  ExportError,
  fullShape,
  heldValue,
  maskAt,
  withoutMasks,
} from './sources.ts';
import { torch } from './torch-dialect.ts';
import { type TorchInput, torchOperations } from './torch-operations.ts';
import { trainingScript } from './torch-training.ts';

const readable = 512;

const helpers: Readonly<Record<string, string>> = {
  first_max: `def first_max(x, dim, keepdim=False):
    """The largest entry over some axes; its gradient goes to the first that is as large."""
    over = (dim,) if isinstance(dim, int) else tuple(dim)
    rows = x.movedim(over, tuple(range(-len(over), 0))).flatten(-len(over))
    found = rows.gather(-1, rows.argmax(dim=-1, keepdim=True)).squeeze(-1)
    for axis in over if keepdim else ():
        found = found.unsqueeze(axis)
    return found`,
  drop: `def drop(x, keep, mask):
    """Inverted dropout: with the mask of the trace, or a new one for every mini-batch."""
    if mask is None:
        mask = torch.bernoulli(torch.full_like(x, keep))
    return x * mask / keep`,
};

const reserved = [
  ...['torch', 'nn', 'F', 'N', 'self', 'dtype', 'Graph'],
  ...['train', 'forward', 'training'],
  ...['modules', 'parameters', 'buffers', 'register_buffer', 'float', 'double'],
  ...['eval', 'apply', 'type', 'to', 'cpu', 'cuda', 'half', 'zero_grad', 'children'],
  ...['named_parameters', 'named_buffers', 'named_modules', 'state_dict', 'T_destination', 'call'],
  ...['add_module', 'dump_patches', 'share_memory', 'extra_repr', 'requires_grad_', 'xpu', 'ipu'],
  ...['get_parameter', 'get_buffer', 'get_submodule', 'load_state_dict', 'to_empty', 'bfloat16'],
  ...Object.keys(helpers),
];

/** The module and a script that trains it; running the file trains on the inputs' own values, or on a file of arrays. */
export function toPyTorch(trace: Trace, registry: Registry): string {
  return pyTorch(trace, registry).code;
}

/** The same, with the names that the nodes have in it. */
export function pyTorch(
  trace: Trace,
  registry: Registry,
): { readonly code: string; readonly names: ReadonlyMap<NodeId, string> } {
  return new Module(computable(trace, registry)).write();
}

class Module {
  readonly #graph: Computable;
  readonly #identifiers = new Identifiers(reserved);
  readonly #names = new Map<NodeId, string>();
  readonly #init: string[] = [];
  /** Parameters and constants: attributes of the module. */
  readonly #held: ReadonlySet<NodeId>;
  #needsBase64 = false;
  #count = 0;

  constructor(graph: Computable) {
    this.#graph = graph;
    this.#held = new Set(
      graph.plan.flatMap(({ node, operation }) =>
        operation.source && node.op !== 'input' ? [node.id] : [],
      ),
    );
    for (const { node } of graph.plan) {
      this.#names.set(node.id, this.#identifiers.fresh(outputName(node)));
    }
  }

  write() {
    const { document, trace } = this.#graph;
    const plan = withoutMasks(this.#graph.plan);
    const inputs = plan.filter(({ node }) => node.op === 'input');
    const forward = plan.flatMap((planned) => this.#lines(planned));
    const names = inputs.map(({ node }) => this.#name(node.id));
    const results = plan
      .filter(({ operation }) => !operation.source)
      .map(({ node }) => `${pythonString(this.#name(node.id))}: ${this.#name(node.id)}`);
    const batched = inputs.find(({ node }) => this.#graph.form(node.id).batched);
    const size =
      batched && speaksOfExamples(forward) ? [`N = ${this.#name(batched.node.id)}.shape[0]`] : [];
    const module = [
      'class Graph(nn.Module):',
      '    def __init__(self):',
      '        super().__init__()',
      ...indented(this.#init, 8),
      '',
      `    def forward(${['self', ...names].join(', ')}):`,
      ...indented([...size, ...forward], 8),
      '        return {',
      ...results.map((line) => `            ${line},`),
      '        }',
    ];
    const sample = this.#examples(inputs);
    const lossName = document.loss && this.#name(document.loss.node);
    const trains = plan.some(
      ({ node: { op, attrs } }) => op === 'parameter' && !('frozen' in attrs && attrs.frozen),
    );
    const training = lossName
      ? trainingScript({
          trains,
          loss: lossName,
          seed: document.loss?.seed ?? 1,
          settings: settingsOf(document.training),
          inputs: inputs.map(({ node }) => ({
            name: this.#name(node.id),
            batched: this.#graph.form(node.id).batched,
            field: fieldOf(node.attrs) ?? this.#name(node.id),
          })),
          accuracy: plan
            .filter(({ node }) => node.op === 'accuracy')
            .map(({ node }) => this.#name(node.id))[0],
        })
      : [
          'if __name__ == "__main__":',
          '    with torch.no_grad():',
          '        for name, value in Graph()(**examples()).items():',
          '            print(name, value)',
        ];
    const body = [...module, '', '', ...sample, '', '', ...training];
    const used = helpersFor(body, helpers);
    const head = [
      ...(document.title === '' ? [] : [comment(document.title)]),
      ...(this.#needsBase64 ? ['import base64'] : []),
      'import sys',
      '',
      'import numpy as np',
      'import torch',
      'import torch.nn.functional as F',
      'from torch import nn',
      '',
      'dtype = torch.float64  # as in the trace; float32 trains faster',
      ...used.flatMap((code) => ['', '', code]),
      '',
      '',
    ];
    return {
      code: `${[...head, ...body].join('\n')}\n`,
      names: this.#names,
      examples: trace.batchSize,
    };
  }

  #name(id: NodeId): string {
    return this.#names.get(id) ?? 'node';
  }

  #lines(planned: PlannedNode): readonly string[] {
    const { node, operation } = planned;
    const name = this.#name(node.id);
    if (operation.source) return this.#source(planned, name);
    const inputs = planned.inputs.map(({ port, from }) => ({
      port,
      ...this.#graph.form(from),
      name: this.#held.has(from) ? `self.${this.#name(from)}` : this.#name(from),
    }));
    if (node.op === 'dropout') return this.#dropout(planned, name, inputs[0]);
    const native = torchOperations[node.op]?.({
      node: name,
      inputs,
      attrs: node.attrs as Readonly<Record<string, unknown>>,
      out: this.#graph.form(node.id),
      examples: this.#graph.trace.batchSize,
      buffer: (wanted, shape, value) => {
        const own = this.#identifiers.fresh(wanted);
        const filled = `torch.full(${pythonShape(shape)}, ${pythonNumber(value)}, dtype=dtype)`;
        this.#init.push(`self.register_buffer(${pythonString(own)}, ${filled})`);
        return `self.${own}`;
      },
    });
    return native === undefined ? this.#rule(planned, name, inputs) : [`${name} = ${native}`];
  }

  /** The operation's own rule, for what PyTorch has no function for. */
  #rule(
    { node, operation }: PlannedNode,
    name: string,
    inputs: readonly (TorchInput & { readonly port: string })[],
  ): readonly string[] {
    const engine = new ExprOps();
    const given = Object.fromEntries(
      inputs.map(({ port, name: own, batched, shape }): [string, Value<Expr>] => {
        const form = { batched, shape };
        return [port, { ...form, data: engine.given(own, fullShape(form)) }];
      }),
    );
    const result = operation.forward(new ValueOps(engine), given, node.attrs);
    const printer = new Printer(torch, [result.data], () => {
      this.#count++;
      return this.#identifiers.fresh(`t${this.#count}`);
    });
    printer.assign(name, result.data);
    return printer.lines;
  }

  #source(planned: PlannedNode, name: string): readonly string[] {
    const { node } = planned;
    if (node.op === 'input') return [];
    const held = heldValue(planned);
    if (!held) throw new ExportError(`“${outputName(node)}” holds no value.`, node.id);
    const tensor = this.#tensor(held.data);
    if (node.op === 'parameter') {
      const frozen = 'frozen' in node.attrs && node.attrs.frozen === true;
      const rest = frozen ? ', requires_grad=False' : '';
      this.#init.push(`self.${name} = nn.Parameter(${tensor}${rest})`);
    } else this.#init.push(`self.register_buffer(${pythonString(name)}, ${tensor})`);
    return [];
  }

  #dropout(planned: PlannedNode, name: string, x: TorchInput | undefined): readonly string[] {
    const { node } = planned;
    const { keep, training, seed } = node.attrs as {
      keep: number;
      training: boolean;
      seed: number;
    };
    if (!x || !training) return [`${name} = ${x?.name}`];
    const form = { batched: x.batched, shape: x.shape };
    const mask = maskAt(this.#graph, node.id, { kind: 'mask', form, keep, seed });
    const own = this.#identifiers.fresh(`${name}_mask`);
    this.#init.push(
      `self.register_buffer(${pythonString(own)}, ${mask ? this.#tensor(mask) : 'None'})`,
    );
    return [
      `${name} = drop(${x.name}, ${pythonNumber(keep)}, self.${own}) if self.training else ${x.name}`,
    ];
  }

  /** The values of the inputs in the document. */
  #examples(inputs: readonly PlannedNode[]): readonly string[] {
    const lines = inputs.map((planned) => {
      const { node } = planned;
      const held = heldValue(planned);
      const shape = fullShape(this.#graph.form(node.id)).map((length) =>
        length === examples ? 8 : length,
      );
      const tensor = held
        ? this.#tensor(held.data)
        : shape.length > 1
          ? `torch.randn(${pythonShape(shape)}, dtype=dtype)`
          : `torch.zeros(${pythonShape(shape)}, dtype=dtype)`;
      return `        ${pythonString(this.#name(node.id))}: ${tensor},`;
    });
    return [
      'def examples():',
      '    """What the inputs hold in the document; random numbers for what waits for data."""',
      '    return {',
      ...lines,
      '    }',
    ];
  }

  #tensor(array: NdArray): string {
    if (array.data.length <= readable) {
      return `torch.tensor(${pythonNested(array)}, dtype=dtype)`;
    }
    this.#needsBase64 = true;
    const numbers = `np.frombuffer(base64.b64decode("${base64Of(array)}"), "<f8")`;
    return `torch.tensor(${numbers}.reshape(${pythonShape(array.shape)}), dtype=dtype)`;
  }
}

function settingsOf(training: Partial<Training> | undefined): Training {
  return { ...defaultTraining, ...training };
}

function fieldOf(attrs: object): string | undefined {
  return 'field' in attrs && typeof attrs.field === 'string' ? attrs.field : undefined;
}

function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => ' '.repeat(by) + line);
}
