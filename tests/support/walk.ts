import { expressionToGraph } from '#formula';
import {
  canCollapse,
  canExpand,
  collapseFrame,
  type Edit,
  expandNode,
  fragmentOf,
  frameId,
  freshNodeId,
  freshNoteId,
  freshWireId,
  type GraphDocument,
  GraphError,
  indexOf,
  insertFragment,
  insertOnWire,
  type NodeId,
  nodeId,
  readFragment,
  reconnect,
  removeReconnecting,
  shiftBeside,
  toggleBypass,
  type WireId,
  wireId,
  writeFragment,
} from '#graph';
import { catalogue, inputPorts, nextPort } from '#ops';

/** Numbers from which one step of a random walk is made. */
export type Dice = readonly [number, number, number];

/** The edits of one step on this document; a refusal where there are none. */
type Move = (document: GraphDocument, dice: Dice) => readonly Edit[] | GraphError;

const operations = [...catalogue.values()];
const names = ['', 'x', 'W₁', 'z′', 'ŷ', 'a name with “quotes” and \\', 'L'.repeat(60)];
const expressions = ['2 * x + y', 'sigmoid(a * b) - 1', 'x^2 / (1 + x^2)', '-3'];
/** No graph of a walk grows beyond this, so that a step stays quick. */
const enough = 60;

const nothing = () => new GraphError('bad-edit', 'There is nothing to do this with.');

function pick<V>(list: readonly V[], at: number): V | undefined {
  return list[at % list.length];
}

function someNodes({ nodes }: GraphDocument, [one, other, step]: Dice): NodeId[] {
  const count = 1 + (other % 4);
  const found = Array.from({ length: count }, (_, at) => pick(nodes, one + at * (1 + (step % 5))));
  return [...new Set(found.flatMap((node) => node?.id ?? []))];
}

function freshFrame({ frames }: GraphDocument, nodes: readonly NodeId[], title: string): Edit {
  let id = 'frame';
  while (frames.some((frame) => frame.id === id)) id += '+';
  return { type: 'addFrame', frame: { id: frameId(id), title, nodes } };
}

/** Every input port there is, with the ones that grow. */
function inputs(document: GraphDocument) {
  return document.nodes.flatMap(({ id, op, attrs }) => {
    const operation = catalogue.get(op);
    if (!operation) return [];
    const connected = [...(indexOf(document).incoming.get(id)?.keys() ?? [])];
    const further = nextPort(operation, attrs, connected);
    const ports = [...inputPorts(operation, attrs, connected), ...(further ? [further] : [])];
    return ports.map(({ name }) => ({ node: id, port: name }));
  });
}

function addWire(document: GraphDocument, [one, other]: Dice): Edit | undefined {
  const [from, to] = [pick(document.nodes, one), pick(inputs(document), other)];
  if (!from || !to) return undefined;
  const wire = { id: freshWireId(document), from: { node: from.id, port: 'out' }, to };
  return { type: 'addWire', wire };
}

function addNode(document: GraphDocument, [one, other, third]: Dice): Edit {
  const operation = pick(operations, one);
  const op = operation?.id ?? '';
  return {
    type: 'addNode',
    node: {
      id: freshNodeId(document, op),
      op,
      label: pick(names, other) ?? '',
      attrs: (third % 2 && operation?.sample.attrs) || {},
      position: { x: other % 1000, y: (third % 2000) / 4 },
    },
  };
}

/** Everything that changes a document, by name: the edits themselves, and the gestures that are made of them. */
export const moves: Readonly<Record<string, Move>> = {
  addNode: (document, dice) => [addNode(document, dice)],
  addWire: (document, dice) => {
    const wire = addWire(document, dice);
    return wire ? [wire] : nothing();
  },
  removeNodes: (document, dice) => [{ type: 'removeNodes', nodes: someNodes(document, dice) }],
  removeWires: ({ wires }, [one, other]) => [
    {
      type: 'removeWires',
      wires: [pick(wires, one), pick(wires, other)].flatMap((wire) => wire?.id ?? []),
    },
  ],
  nameWire: ({ wires }, [one, other]) => {
    const wire = pick(wires, one);
    return wire ? [{ type: 'nameWire', wire: wire.id, name: pick(names, other) ?? '' }] : nothing();
  },
  setSampleAttrs: ({ nodes }, [one]) => {
    const node = pick(nodes, one);
    const attrs = catalogue.get(node?.op ?? '')?.sample.attrs as Record<string, unknown>;
    return node ? [{ type: 'setAttrs', node: node.id, attrs: { ...attrs } }] : nothing();
  },
  setValue: ({ nodes }, [one, other]) => {
    const node = pick(
      nodes.filter(({ attrs }) => 'shape' in attrs),
      one,
    );
    if (!node) return nothing();
    const data = Float64Array.from({ length: 1 + (other % 300) }, (_, at) => (at - other) / 8);
    const shape = [data.length];
    const attrs = { shape, batched: false, value: { shape, data } };
    return [{ type: 'setAttrs', node: node.id, attrs }];
  },
  /** Takes ports away and gives others. */
  setExpression: ({ nodes }, [one, other]) => {
    const node = pick(
      nodes.filter(({ op }) => op === 'formula'),
      one,
    );
    const expression = pick(expressions, other);
    return node ? [{ type: 'setAttrs', node: node.id, attrs: { expression } }] : nothing();
  },
  setLabel: ({ nodes }, [one, other]) => {
    const node = pick(nodes, one);
    const label = pick(names, other) ?? '';
    return node ? [{ type: 'setLabel', node: node.id, label }] : nothing();
  },
  moveNodes: (document, dice) => {
    const [one, other] = dice;
    const position = { x: one % 997, y: (other % 1009) / 8 };
    return [
      {
        type: 'moveNodes',
        positions: new Map(someNodes(document, dice).map((id) => [id, position])),
      },
    ];
  },
  setLoss: ({ nodes }, [one, other]) => {
    const node = pick(nodes, one);
    const loss = other % 4 && node ? { node: node.id, seed: other % 7 } : undefined;
    return [{ type: 'setLoss', loss }];
  },
  addFrame: (document, dice) => {
    const nodes = someNodes(document, dice);
    return nodes.length > 0 ? [freshFrame(document, nodes, pick(names, dice[0]) ?? '')] : nothing();
  },
  removeFrames: ({ frames }, [one]) => {
    const frame = pick(frames, one);
    return frame ? [{ type: 'removeFrames', frames: [frame.id] }] : nothing();
  },
  setFrame: ({ frames }, [one, other, third]) => {
    const frame = pick(frames, one);
    if (!frame) return nothing();
    const changes = [
      { title: pick(names, other) ?? '' },
      { color: pick(['green', ''], other) ?? '' },
      { folded: other % 2 === 0 },
    ];
    return [{ type: 'setFrame', frame: frame.id, ...pick(changes, third) }];
  },
  joinFrame: (document, dice) => {
    const frame = pick(document.frames, dice[0]);
    const nodes = someNodes(document, dice);
    return frame ? [{ type: 'joinFrame', frame: frame.id, nodes }] : nothing();
  },
  leaveFrame: (document, dice) => {
    const frame = pick(document.frames, dice[0]);
    const nodes = someNodes(document, dice);
    return frame ? [{ type: 'leaveFrame', frame: frame.id, nodes }] : nothing();
  },
  bypass: (document, [one]) => {
    const node = pick(document.nodes, one);
    return node ? toggleBypass(document, catalogue, node.id) : nothing();
  },
  addNote: (document, [one, other]) => {
    const text = pick(names, other) ?? '';
    const position = { x: one % 900, y: other % 700 };
    const note = { id: freshNoteId(document), text, position, width: 120 + (other % 300) };
    return [{ type: 'addNote', note }];
  },
  setNote: ({ notes }, [one, other, third]) => {
    const note = pick(notes, one);
    if (!note) return nothing();
    const changes = [
      { text: pick(names, other) ?? '' },
      { position: { x: other % 900, y: third % 700 } },
      { height: other % 2 ? 60 + (other % 200) : undefined },
      { color: other % 2 ? 'green' : undefined },
    ];
    return [{ type: 'setNote', note: note.id, changes: pick(changes, third) ?? {} }];
  },
  removeNotes: ({ notes }, [one]) => {
    const note = pick(notes, one);
    return note ? [{ type: 'removeNotes', notes: [note.id] }] : nothing();
  },
  setTitle: (_, [one]) => [{ type: 'setTitle', title: pick(names, one) ?? '' }],
  setTraining: (_, [one, other]) => [
    {
      type: 'setTraining',
      training:
        one % 2 ? { epochs: 1 + (other % 9), clipNorm: null } : { learningRate: 1 / (1 + other) },
    },
  ],
  formula: (document, [one]) => {
    if (document.nodes.length > enough) return nothing();
    const text = pick(expressions, one) ?? '';
    return expressionToGraph(text, document, catalogue).edits;
  },
  paste: (document, dice) => {
    if (document.nodes.length > enough) return nothing();
    const chosen = new Set(
      document.nodes.filter((_, at) => (at * dice[0]) % 3 < 2).map(({ id }) => id),
    );
    if (chosen.size === 0) return nothing();
    const text = writeFragment(fragmentOf(document, chosen), catalogue);
    const { fragment } = readFragment(text, catalogue);
    const shift = shiftBeside(document, fragment);
    const keepIncoming = dice[1] % 2 === 0;
    return insertFragment(document, catalogue, fragment, { shift, keepIncoming }).edits;
  },
  insertOnWire: (document, [one, other, third]) => {
    const [node, wire] = [pick(document.nodes, one), pick(document.wires, other)];
    if (!node || !wire) return nothing();
    // Mostly one that leads nowhere yet.
    const loose = document.nodes.filter(({ id }) => !indexOf(document).outgoing.get(id)?.length);
    const chosen = third % 4 ? (pick(loose, one) ?? node) : node;
    return insertOnWire(document, catalogue, chosen.id, wire.id);
  },
  reconnect: (document, [one, other, third]) => {
    const [wire, from] = [pick(document.wires, one), pick(document.nodes, other)];
    const to = pick(inputs(document), third);
    if (!wire || !from || !to) return nothing();
    const ends =
      third % 2 ? { from: wire.from, to } : { from: { node: from.id, port: 'out' }, to: wire.to };
    return reconnect(document, catalogue, wire.id, ends);
  },
  removeReconnecting: (document, dice) =>
    removeReconnecting(document, catalogue, new Set(someNodes(document, dice))).edits,
  expand: (document, [one]) => {
    if (document.nodes.length > enough) return nothing();
    const composite = pick(
      document.nodes.filter(({ id }) => canExpand(document, catalogue, id)),
      one,
    );
    return composite ? expandNode(document, catalogue, composite.id).edits : nothing();
  },
  collapse: (document, [one]) => {
    const frame = pick(
      document.frames.filter(({ id }) => canCollapse(document, catalogue, id)),
      one,
    );
    return frame ? collapseFrame(document, catalogue, frame.id).edits : nothing();
  },
};

/** Transactions that must be refused, whatever the document; each begins with an edit that is allowed. */
export const badMoves: Readonly<Record<string, Move>> = {
  takenNode: (document, dice) => {
    const [node] = document.nodes;
    const added = addNode(document, dice);
    return node ? [added, { type: 'addNode', node }] : [added, added];
  },
  takenFrame: (document, dice) => {
    const framed = freshFrame(document, someNodes(document, dice), 'twice');
    return [framed, framed];
  },
  takenNote: (document, dice) => {
    const [note] = document.notes;
    const added = addNode(document, dice);
    return note ? [added, { type: 'addNote', note }] : [added, added];
  },
  emptyFrame: (document) => [
    { type: 'setTitle', title: 'refused' },
    freshFrame(document, [], 'empty'),
  ],
  unknownOperation: (document) => [
    { type: 'setTitle', title: 'refused' },
    {
      type: 'addNode',
      node: {
        id: freshNodeId(document, 'odd'),
        op: 'teleport',
        label: '',
        attrs: {},
        position: { x: 0, y: 0 },
      },
    },
  ],
  strangeAttribute: ({ nodes }, [one]) => {
    const node = pick(nodes, one)?.id ?? nodeId('nobody');
    return [
      { type: 'setTitle', title: 'refused' },
      { type: 'setAttrs', node, attrs: { colour: 'green' } },
    ];
  },
  noPlace: (document, [one, other]) => {
    const node = pick(document.nodes, one)?.id ?? nodeId('nobody');
    const position = { x: 0, y: other % 2 ? Number.NaN : Number.POSITIVE_INFINITY };
    const added = addNode(document, [one, other, 0]);
    return other % 3 && added.type === 'addNode'
      ? [{ ...added, node: { ...added.node, position } }]
      : [added, { type: 'moveNodes', positions: new Map([[node, position]]) }];
  },
  wireToNowhere: (document, [one]) => {
    const from = { node: pick(document.nodes, one)?.id ?? nodeId('nobody'), port: 'out' };
    const to = { node: nodeId('nobody'), port: 'x' };
    return [
      { type: 'setLoss', loss: undefined },
      { type: 'addWire', wire: { id: freshWireId(document), from, to } },
    ];
  },
  cycle: (document, [one]) => {
    const wire = pick(document.wires, one);
    const back = wire && inputs(document).find(({ node }) => node === wire.from.node);
    if (!wire || !back) return [{ type: 'setLabel', node: nodeId('nobody'), label: '' }];
    return [
      { type: 'removeWires', wires: [wireId('nothing')] },
      {
        type: 'addWire',
        wire: { id: freshWireId(document), from: { node: wire.to.node, port: 'out' }, to: back },
      },
    ];
  },
  twoIntoOnePort: (document, dice) => {
    const wire = addWire(document, dice);
    if (wire?.type !== 'addWire') return [{ type: 'setLabel', node: nodeId('nobody'), label: '' }];
    const twice = (id: WireId) => ({ ...wire.wire, id });
    return [
      {
        type: 'replaceNodes',
        nodes: [],
        by: [],
        wires: [twice(wireId('once')), twice(wireId('again'))],
      },
    ];
  },
  lossOfNobody: () => [
    { type: 'setTitle', title: 'refused' },
    { type: 'setLoss', loss: { node: nodeId('nobody'), seed: 1 } },
  ],
  endlessSeed: ({ nodes }, [one]) => {
    const node = pick(nodes, one)?.id ?? nodeId('nobody');
    return [{ type: 'setLoss', loss: { node, seed: Number.POSITIVE_INFINITY } }];
  },
};
