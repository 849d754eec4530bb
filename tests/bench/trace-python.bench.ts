import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type NodeId, nodeId, readParsed } from '#graph';
import { mnist } from '#lessons';
import { catalogue } from '#ops';
import { type ArrayValue, type NdArray, seededRandom } from '#tensor';
import { trace } from '#trace';
import { scalarGraph } from '../support/scalar-graph.ts';
import { type BenchLine, benchLine, medians } from './bench-line.ts';

/** Runs a script of tests/bench/python; undefined where Python or a module of it is missing. */
function python(
  script: string,
  job: object,
): { readonly ms: number; readonly loss?: number } | undefined {
  const path = join(process.cwd(), 'tests/bench/python', script);
  // Debian's own interpreter is the one that has Debian's packages.
  for (const program of ['/usr/bin/python3', 'python3']) {
    const { status, stdout } = spawnSync(program, [path], {
      input: JSON.stringify(job),
      encoding: 'utf8',
    });
    if (status === 0) return JSON.parse(stdout);
  }
  console.log(
    `left out: ${script} needs python3${script.includes('net') ? ' and python3-numpy' : ''}`,
  );
  return undefined;
}

/** Traces against define-by-run Python scalars, and against NumPy by hand. */
export default async function bench(): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const size of [50, 1_000, 10_000]) {
    const graph = scalarGraph(size);
    const rounds = Math.max(9, Math.round(20_000 / size));
    const theirs = python('scalar_graph.py', { values: graph.values, steps: graph.steps, rounds });
    if (!theirs) continue;
    const [ours = Number.NaN] = await medians([() => trace({ ...graph.document }, catalogue)], {
      rounds,
      warmup: 10,
    });
    lines.push(
      benchLine(
        `trace, ${size.toLocaleString('en')} scalar nodes, against Python scalars`,
        ours,
        theirs.ms,
      ),
    );
  }
  const net = python('two_layer_net.py', { batch: 64, rounds: 20 });
  if (net) {
    const { document } = readParsed(mnist.file, catalogue);
    const feeds = miniBatch(64);
    const [ours = Number.NaN] = await medians([() => trace(document, catalogue, { feeds })], {
      rounds: 10,
      warmup: 3,
    });
    lines.push(benchLine('trace, 784-128-10, batch 64, against NumPy', ours, net.ms));
  }
  return lines;
}

function miniBatch(examples: number): Map<NodeId, ArrayValue> {
  const random = seededRandom(0, 'mini-batch');
  const array = (shape: readonly number[], draw: () => number): NdArray => ({
    shape,
    data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw),
  });
  return new Map([
    [nodeId('x'), { batched: true, shape: [784], data: array([examples, 784], random.uniform) }],
    [nodeId('y'), { batched: true, shape: [], data: array([examples], () => random.index(10)) }],
  ]);
}
