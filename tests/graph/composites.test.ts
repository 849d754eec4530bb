import { describe, expect, it } from 'vitest';
import {
  canCollapse,
  canExpand,
  collapseFrame,
  collapseRefusal,
  type Edit,
  expandNode,
  expandRefusal,
  frameId,
  type GraphDocument,
  GraphError,
  indexOf,
  nodeId,
  openEditor,
  readParsed,
  transact,
  undo,
  wireId,
} from '#graph';
import { lessons } from '#lessons';
import { catalogue, compositeIds, expansionOf } from '#ops';
import { trace } from '#trace';
import {
  around,
  collapsed,
  disagreements,
  edited,
  expanded,
  frame,
  whole,
} from '../support/composites.ts';
import { graphCases } from '../support/goldens.ts';

/** Pairs of nodes that lie on top of one another. */
function overlaps({ nodes }: GraphDocument): string[] {
  return nodes.flatMap((a, at) =>
    nodes.slice(at + 1).flatMap((b) => {
      const apart =
        Math.abs(a.position.x - b.position.x) >= 110 || Math.abs(a.position.y - b.position.y) >= 90;
      return apart ? [] : [`${a.id} and ${b.id}`];
    }),
  );
}

/** Expands whatever can be expanded, parts of parts as well. */
function expandedToTheBottom(document: GraphDocument): readonly GraphDocument[] {
  const states = [document];
  for (let current = document; ; ) {
    const next = current.nodes.find(
      ({ id, op }) => expansionOf(op) && canExpand(current, catalogue, id),
    );
    if (!next) return states;
    current = expanded(current, next.id);
    states.push(current);
  }
}

describe('an expanded composite', () => {
  it.each(compositeIds)('%s: collapses into the very document it was', (op) => {
    const document = around(op);
    const parts = expanded(document);
    expect(indexOf(parts).nodes.has(whole)).toBe(false);
    expect(canCollapse(parts, catalogue, frame)).toBe(true);
    expect(collapsed(parts)).toEqual(document);
  });

  it.each(compositeIds)('%s: finds room, and nothing lies on top of anything', (op) => {
    expect(overlaps(around(op))).toEqual([]);
    expect(overlaps(expanded(around(op)))).toEqual([]);
  });

  it.each(compositeIds)('%s: expands to the bottom, and collapses back', (op) => {
    const states = expandedToTheBottom(around(op));
    const deepest = states.at(-1) ?? around(op);
    expect(deepest.nodes.filter((node) => expansionOf(node.op))).toEqual([]);
    expect(disagreements(around(op), deepest)).toEqual([]);
    expect(overlaps(deepest)).toEqual([]);
    let current = deepest;
    for (const before of states.slice(0, -1).toReversed()) {
      const last = current.frames.at(-1);
      if (!last) throw new Error('no frame');
      current = collapsed(current, last.id);
      expect(current).toEqual(before);
    }
  });

  it('keeps the ids of its wires on the first place each leads to, and the names on all', () => {
    const document = around('squaredError');
    const parts = expanded(expanded(document), nodeId('whole_square'));
    const { incoming, wires } = indexOf(parts);
    expect(wires.get(wireId('in-prediction-whole'))).toEqual({
      id: 'in-prediction-whole',
      name: 'value prediction',
      from: { node: 'in-prediction', port: 'out' },
      to: { node: 'whole_sub', port: 'a' },
    });
    expect(wires.get(wireId('whole-weighted'))?.name).toBe('q');
    const factors = incoming.get(nodeId('whole_square_mul'));
    expect([...(factors?.values() ?? [])].map(({ from }) => from.node)).toEqual([
      'whole_sub',
      'whole_sub',
    ]);
  });

  it('is the loss still where it was the loss, with its seed', () => {
    const document = edited(around('squaredError'), {
      type: 'setLoss',
      loss: { node: whole, seed: -2 },
    });
    const parts = expanded(document);
    expect(parts.loss).toEqual({ node: 'whole_mul', seed: -2 });
    expect(disagreements(document, parts)).toEqual([]);
    expect(collapsed(parts)).toEqual(document);
  });

  it('needs no wires where its parts do not depend on shapes', () => {
    const loose = { ...around('sigmoid'), wires: [] };
    expect(collapsed(expanded(loose))).toEqual(loose);
    const wired = expanded(around('sigmoid'));
    const unplugged = edited(wired, { type: 'removeWires', wires: [wireId('in-x-whole')] });
    expect(collapsed(unplugged).wires.some(({ to }) => to.node === whole)).toBe(false);
  });

  it('is one step back and one step forth', () => {
    const start = openEditor(around('sigmoid'));
    const parts = transact(start, expandNode(start.document, catalogue, whole), catalogue);
    expect(parts.past.map(({ label }) => label)).toEqual(['Expand whole']);
    expect(undo(parts).document).toBe(start.document);
    const back = transact(parts, collapseFrame(parts.document, catalogue, frame), catalogue);
    expect(back.past.map(({ label }) => label)).toEqual(['Expand whole', 'Collapse whole']);
    expect(undo(back).document).toBe(parts.document);
  });

  it('lists its parts in a frame, and a frame of frames in both', () => {
    const parts = expanded(around('softmaxCrossEntropy'));
    const deeper = expanded(parts, nodeId('whole_logSumExp'));
    const [outer, inner] = deeper.frames;
    expect(outer?.title).toBe('whole = cross-entropy');
    expect(outer?.nodes).toEqual(expect.arrayContaining([...(inner?.nodes ?? [])]));
    expect(collapseRefusal(deeper, catalogue, frame)?.message).toBe(
      '“whole = cross-entropy” cannot be collapsed while “ln Σeᶻ = log-sum-exp” inside is expanded; collapse that first.',
    );
    expect(collapsed(collapsed(deeper, frameId('whole_logSumExp')))).toEqual(
      around('softmaxCrossEntropy'),
    );
  });

  it('comes back under another id where its own was taken meanwhile', () => {
    const parts = expanded(around('sigmoid'));
    const taken = edited(parts, {
      type: 'addNode',
      node: {
        id: whole,
        op: 'constant',
        label: '',
        attrs: { value: 1 },
        position: { x: 0, y: 900 },
      },
    });
    const back = collapsed(taken);
    expect(back.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['whole', 'whole2']));
    expect(disagreements(taken, back)).toEqual([]);
  });

  it('comes back where its parts were dragged to, and leaves a filled gap open', () => {
    const parts = expanded(around('sigmoid'));
    const moves = parts.nodes
      .filter(({ id }) => parts.frames[0]?.nodes.includes(id))
      .map(({ id, position: { x, y } }) => [id, { x: x + 20, y: y + 700 }] as const);
    const near = [nodeId('near'), { x: 500, y: 260 }] as const;
    const dragged = edited(parts, { type: 'moveNodes', positions: new Map([...moves, near]) });
    const back = indexOf(collapsed(dragged)).nodes;
    expect(back.get(whole)?.position).toEqual({ x: 280, y: 800 });
    expect(back.get(nodeId('near'))?.position).toEqual({ x: 500, y: 260 });
    expect(back.get(nodeId('weighted'))?.position).toEqual(
      indexOf(dragged).nodes.get(nodeId('weighted'))?.position,
    );
  });
});

describe('in whole graphs', () => {
  const documents = [
    ...graphCases().map(({ name, document }) => ({ name, file: document as unknown })),
    ...lessons.map((lesson, at) => ({ name: `lesson ${at + 1}`, file: lesson.file as unknown })),
  ];

  it.each(documents)('$name: every composite expands with the same numbers', ({ file }) => {
    const { document } = readParsed(file, catalogue);
    const computed = trace(document, catalogue).errors.length === 0;
    for (const { id } of document.nodes) {
      if (!canExpand(document, catalogue, id)) continue;
      const parts = expanded(document, id);
      // A lesson that waits for a data set has no numbers yet.
      if (computed) expect(disagreements(document, parts)).toEqual([]);
      const made = parts.frames.at(-1);
      expect(made && collapsed(parts, made.id)).toEqual(document);
    }
  });
});

describe('batch normalization, expanded, as at the blackboard', () => {
  const source = (id: string, shape: number[], value: unknown, batched = false) => ({
    id,
    op: 'input',
    attrs: { shape, batched, value },
  });
  const wire = (from: string, to: string, port: string) => ({
    id: `${from}-${to}`,
    from: { node: from, port: 'out' },
    to: { node: to, port },
  });
  const { document } = readParsed(
    {
      format: 'gradwire',
      version: 1,
      title: 'batch normalization',
      nodes: [
        source('x', [1], [[1], [2], [4], [5]], true),
        source('gamma', [1], [2]),
        source('beta', [1], [1]),
        { id: 'y', op: 'batchNorm', label: 'y', attrs: {} },
        source('g', [1], [[4], [0], [-4], [8]], true),
        { id: 'product', op: 'mul' },
        { id: 'total', op: 'sum' },
      ],
      wires: [
        wire('x', 'y', 'x'),
        wire('gamma', 'y', 'gamma'),
        wire('beta', 'y', 'beta'),
        wire('y', 'product', 'a'),
        wire('g', 'product', 'b'),
        wire('product', 'total', 'x'),
      ],
      loss: { node: 'total' },
    },
    catalogue,
  );
  const parts = expanded(document, nodeId('y'));
  const { nodes, errors } = trace(parts, catalogue);
  const gradient = (label: string) => {
    const node = parts.nodes.find((candidate) => (candidate.label || candidate.id) === label);
    return [...(nodes.get(node?.id ?? whole)?.gradient?.data.data ?? [])];
  };

  it('has a node for each of its letters', () => {
    const labels = parts.nodes.map(({ label, op }) => `${label}: ${op}`);
    expect(labels).toEqual(
      expect.arrayContaining([
        'μ: batchMean',
        'a: sub',
        'σ²: batchVariance',
        'ε: constant',
        'e: add',
        'c: sqrt',
        'b: reciprocal',
        'x̂: mul',
        'γx̂: mul',
        'y: add',
      ]),
    );
    expect(errors).toEqual([]);
  });

  it('gives the golden gradients: one per example for x, sums for what all share', () => {
    const close = (got: readonly number[], wanted: readonly number[]) => {
      expect(got).toHaveLength(wanted.length);
      for (const [at, value] of wanted.entries()) expect(got[at]).toBeCloseTo(value, 6);
    };
    close(gradient('beta'), [2]);
    close(gradient('gamma'), [0.632454]);
    close(gradient('x'), [0.885435, -0.505964, -2.023853, 1.644382]);
  });

  it('shows that the way from the variance back to the mean cancels', () => {
    const back = parts.wires.find(
      ({ to }) => to.port === 'mean' && indexOf(parts).nodes.get(to.node)?.op === 'batchVariance',
    );
    const flows = trace(parts, catalogue).wires.get(back?.id ?? wireId(''))?.gradient;
    expect(flows?.data.data[0]).toBeCloseTo(0, 12);
  });
});

describe('a frame whose inside was changed', () => {
  const parts = expanded(around('batchNorm'));
  const inside = (op: string) => nodeId(`whole_${op}`);
  const fresh = (id: string, from: string, to: string, port: string): Edit => ({
    type: 'addWire',
    wire: {
      id: wireId(id),
      from: { node: nodeId(from), port: 'out' },
      to: { node: nodeId(to), port },
    },
  });
  const entering = (op: string, port: string) => {
    const wire = indexOf(parts).incoming.get(inside(op))?.get(port);
    if (!wire) throw new Error('no wire');
    return wire.id;
  };

  const changes: readonly (readonly [string, RegExp, Edit])[] = [
    [
      'a node removed',
      /a node inside was removed/,
      { type: 'removeNodes', nodes: [inside('sqrt')] },
    ],
    [
      'an attribute changed',
      /“ε” inside has other attributes/,
      { type: 'setAttrs', node: inside('constant'), attrs: { value: 0.5 } },
    ],
    [
      'a wire removed',
      /a wire inside was removed/,
      { type: 'removeWires', wires: [entering('sqrt', 'x')] },
    ],
    [
      'a wire led elsewhere',
      /a wire inside leads elsewhere/,
      fresh('new', inside('add'), inside('reciprocal'), 'x'),
    ],
    [
      'an input that comes from elsewhere in one place',
      /its input x now comes from different nodes/,
      fresh('new', 'weights', inside('sub'), 'a'),
    ],
    [
      'a value inside used outside',
      /a value inside it is used outside/,
      fresh('new', inside('mul'), 'weighted', 'c'),
    ],
    [
      'a wire from outside',
      /a wire from outside leads into it/,
      fresh('new', 'near', inside('add2'), 'c'),
    ],
    [
      'the loss moved inside',
      /the loss is taken from inside it/,
      { type: 'setLoss', loss: { node: inside('sub'), seed: 1 } },
    ],
  ];

  it.each(changes)('is not collapsed: %s', (_, reason, edit) => {
    const changed = edited(parts, edit);
    const refused = collapseRefusal(changed, catalogue, frame);
    expect(refused?.code).toBe('cannot-collapse');
    expect(refused?.message).toMatch(reason);
    expect(refused?.message).toMatch(/so it is no longer batchNorm\.$/);
    expect(canCollapse(changed, catalogue, frame)).toBe(false);
    expect(() => collapseFrame(changed, catalogue, frame)).toThrow(GraphError);
  });

  it('is not collapsed where its inputs have grown, so that a constant inside is wrong', () => {
    const document = expanded(around('mean'));
    const grown = edited(document, {
      type: 'setAttrs',
      node: nodeId('in-x'),
      attrs: { shape: [4], value: [1, 2, 3, 4] },
    });
    expect(collapseRefusal(grown, catalogue, frame)?.message).toMatch(/has other attributes/);
  });

  it('is collapsed where only names, places and what lies around it changed', () => {
    const changed = edited(
      parts,
      { type: 'setLabel', node: inside('sub'), label: 'distance' },
      { type: 'moveNodes', positions: new Map([[inside('sqrt'), { x: 2000, y: 0 }]]) },
      { type: 'setAttrs', node: nodeId('in-beta'), attrs: { value: [7, 7] } },
      fresh('new', inside('add2'), 'weighted', 'c'),
    );
    const back = collapsed(changed);
    expect(disagreements(changed, back)).toEqual([]);
    expect(back.frames).toEqual([]);
  });
});

it('what does not exist is neither expanded nor collapsed', () => {
  const document = around('sigmoid');
  expect(expandRefusal(document, catalogue, nodeId('nobody'))?.code).toBe('cannot-expand');
  expect(collapseRefusal(document, catalogue, frameId('nobody'))?.code).toBe('cannot-collapse');
});
