import {
  type Curve,
  type Detour,
  detoursOf,
  type FrameId,
  frameBoxes,
  type GraphView,
  groupPlace,
  indexOf,
  type NodeId,
  noDetours,
  type Obstacle,
  obstacleRoom,
  onCurve,
  outputName,
  piecesOf,
  type ShownEnd,
  type ShownWire,
  viewOf,
  type WireId,
} from '#graph';
import type { Registry } from '#ops';
import type { ArrayValue } from '#tensor';
import { isSingle, type Numbers, singleNumber, type Trace, wireWidth } from '#trace';
import { type Block, type ChipLine, chip } from './chip.ts';
import type { Drawing, Mark, Run } from './drawing.ts';
import { bold, circle, nameRuns, plain, text } from './marks.ts';
import {
  type DrawnNode,
  frameMarks,
  groupNode,
  type NodeState,
  operationNode,
  readout,
  sourceNode,
  total,
} from './nodes.ts';
import { noteMarks } from './notes.ts';
import { mix, type Palette, palettes, type ThemeName } from './palette.ts';
import { around, scaled } from './place.ts';
import {
  knowsGradient,
  knowsTotal,
  knowsValue,
  type Shown,
  shownAt,
  type WireLook,
  wireLook,
} from './shown.ts';

export interface PictureOptions {
  readonly theme: ThemeName;
  readonly numbers: Numbers;
  /** Whether the values and the gradients stand on the wires. */
  readonly values: boolean;
  readonly gradients: boolean;
  /** The step of the film, counted from 0; without it, everything is shown and nothing moves. */
  readonly step?: number | undefined;
  /** How far the bead of the step has come, from 0 to 1. */
  readonly bead?: number | undefined;
  /** Whether the paper is painted, or what lies behind the picture shows through. */
  readonly paper: boolean;
}

/** The room around everything that is drawn. */
const margin = 16;

/** Draws a traced graph as the canvas shows it: frames, notes, wires, nodes, and what stands on the wires. */
export function picture(trace: Trace, registry: Registry, options: PictureOptions): Drawing {
  return new Painter(trace, registry, options).draw();
}

class Painter {
  readonly #trace: Trace;
  readonly #registry: Registry;
  readonly #options: PictureOptions;
  readonly #palette: Palette;
  readonly #numbers: Numbers;
  readonly #shown: Shown;
  readonly #view: GraphView;
  readonly #nodes = new Map<NodeId | FrameId, DrawnNode>();

  constructor(trace: Trace, registry: Registry, options: PictureOptions) {
    this.#trace = trace;
    this.#registry = registry;
    this.#options = options;
    this.#palette = palettes[options.theme];
    this.#numbers = options.numbers;
    this.#shown = shownAt(trace, options.step, options.values, options.gradients);
    this.#view = viewOf(trace.document, registry, null);
  }

  draw(): Drawing {
    const { document } = this.#trace;
    this.#placeNodes();
    const wires = this.#view.wires.flatMap((each) => this.#wire(each) ?? []);
    const detours = this.#detours(wires);
    const laid = wires.map((wire) => ({
      ...wire,
      curve: { ...wire.curve, detour: detours.get(wire.id) },
    }));
    const boxes = frameBoxes(this.#view.frames, (id) => this.#rectOf(id));
    const marks: Mark[] = [
      ...boxes.flatMap((rect) => frameMarks(rect, rect.frame, this.#palette)),
      ...document.notes.flatMap((note) => noteMarks(note, this.#palette)),
      ...laid.flatMap((wire) => this.#line(wire)),
      ...[...this.#nodes.values()].flatMap(({ marks }) => marks),
      ...this.#view.nodes.flatMap(({ id }) => this.#result(id)),
      // Below what stands on the wires, whose numbers it must not cover.
      ...laid.flatMap((wire) => this.#bead(wire)),
      ...laid.flatMap((wire) => this.#label(wire)),
    ];
    const paper = this.#options.paper ? this.#palette.paper : null;
    return { ...around(marks, margin), paper, title: document.title, marks };
  }

  #placeNodes(): void {
    const { document } = this.#trace;
    for (const node of this.#view.nodes) {
      const operation = this.#registry.get(node.op);
      if (!operation) continue;
      const state = this.#state([node.id]);
      const stated = this.#registry.get(node.bypassed?.op ?? '') ?? operation;
      this.#nodes.set(
        node.id,
        operation.group === 'sources'
          ? sourceNode(node, state, this.#numbers, this.#palette)
          : operationNode(document, node, operation, stated, state, this.#palette),
      );
    }
    const sizes = new Map(
      document.nodes.map(({ id, op }) => {
        const source = this.#registry.get(op)?.group === 'sources';
        return [id, { width: source ? 96 : 76, height: source ? 50 : 76 }];
      }),
    );
    for (const group of this.#view.groups) {
      const at = groupPlace(group, document, new Map(), sizes);
      const state = this.#state(group.frame.nodes);
      this.#nodes.set(
        group.frame.id,
        groupNode(group, at, (id) => this.#nameOf(id), state, this.#palette),
      );
    }
  }

  #state(nodes: readonly NodeId[]): NodeState {
    const { film } = this.#shown;
    const { document, nodes: traced } = this.#trace;
    const active = film?.activeNode !== undefined && nodes.includes(film.activeNode);
    return {
      activity: active ? film.direction : 'idle',
      error: nodes.some((id) => traced.get(id)?.error !== undefined),
      isLoss: nodes.some((id) => document.loss?.node === id),
      values: this.#shown.values,
    };
  }

  #nameOf(id: NodeId): string {
    const node = indexOf(this.#trace.document).nodes.get(id);
    return node ? outputName(node) : id;
  }

  #rectOf(id: NodeId) {
    return this.#nodes.get(this.#view.groupOf.get(id) ?? id)?.rect;
  }

  #wire({ wire, from, to }: ShownWire): PlacedWire | undefined {
    const start = this.#end(from)?.output(portOf(from));
    const end = this.#end(to)?.input(portOf(to));
    if (!start || !end) return undefined;
    const curve = { x0: start.x, y0: start.y, x3: end.x, y3: end.y };
    return { id: wire.id, from: wire.from.node, to: wire.to.node, name: wire.name ?? '', curve };
  }

  #end(end: ShownEnd): DrawnNode | undefined {
    return this.#nodes.get(end.kind === 'group' ? end.frame : end.node);
  }

  #detours(wires: readonly PlacedWire[]): ReadonlyMap<WireId, Detour> {
    // As in the app, wires go straight where groups are folded.
    if (this.#view.groups.length > 0) return noDetours;
    const obstacles = this.#view.nodes.flatMap(({ id, op }): Obstacle[] => {
      const rect = this.#nodes.get(id)?.rect;
      if (!rect) return [];
      const source = this.#registry.get(op)?.group === 'sources';
      return [
        {
          id,
          left: rect.x - obstacleRoom.side,
          top: rect.y - obstacleRoom.above,
          right: rect.x + rect.width + obstacleRoom.side,
          bottom: rect.y + rect.height + (source ? obstacleRoom.below : obstacleRoom.caption),
          edge: rect.y + rect.height,
        },
      ];
    });
    return detoursOf(wires, obstacles);
  }

  #line({ id, from, curve }: PlacedWire): readonly Mark[] {
    const look = wireLook(this.#shown, id, from);
    const { stroke, glow, active, dash } = wireColours(look, this.#palette);
    const own = this.#width(id, from);
    const thick = active ? Math.max(own, 2.6) : own;
    const pieces = piecesOf(curve);
    return [
      ...(glow ? [{ kind: 'path', pieces, stroke: glow, thick: thick + 8 } as const] : []),
      { kind: 'path', pieces, stroke, thick, dash },
    ];
  }

  /** As on the canvas: by its gradient, before that is known by its value. */
  #width(id: WireId, from: NodeId): number {
    const { values, gradients } = this.#shown;
    const traced = this.#trace.wires.get(id);
    if (gradients && traced?.gradient && knowsGradient(this.#shown, id)) {
      return wireWidth(traced.gradient);
    }
    if (values && traced?.value && knowsValue(this.#shown, from)) return wireWidth(traced.value);
    return 1.8;
  }

  #label(wire: PlacedWire): readonly Mark[] {
    const { id, from, curve } = wire;
    const { x, y } = onCurve(curve, 0.5);
    const card = this.#card(wire);
    const source = indexOf(this.#trace.document).nodes.get(from);
    // A source says its name itself.
    const own = source && this.#registry.get(source.op)?.group !== 'sources' ? source.label : '';
    const name = wire.name || own;
    const above = y - (card ? (card.height / 2 + (card.sheets ?? 0)) * card.scale : 0) - 5;
    const look = wireLook(this.#shown, id, from);
    const colour = look === 'quiet' ? this.#palette.dim : this.#palette.ink;
    return [
      ...(card ? scaled(card.draw(x, y), x, y, card.scale) : []),
      ...(name ? [text(x, above, 14, colour, nameRuns(name))] : []),
    ];
  }

  #card({ id, from, curve }: PlacedWire): (Block & { readonly scale: number }) | undefined {
    const traced = this.#trace.wires.get(id);
    if (!traced?.value) return undefined;
    const { values, gradients } = this.#shown;
    const lines: ChipLine[] = [];
    if (values) {
      lines.push({
        tone: 'value',
        value: knowsValue(this.#shown, from) ? traced.value : undefined,
      });
    }
    if (gradients && traced.gradient !== undefined) {
      const known = traced.gradient === null || knowsGradient(this.#shown, id);
      lines.push({
        tone: 'gradient',
        value: known ? traced.gradient : undefined,
        instead: this.#factors(id),
      });
    }
    if (lines.length === 0) return undefined;
    const lit = wireLook(this.#shown, id, from) === 'local';
    const block = chip(
      lines,
      this.#numbers,
      this.#palette,
      lit ? this.#palette.local : this.#palette.line,
    );
    return { ...block, scale: lit ? 1 : scaleFor(block.width, curve) };
  }

  /** While the local gradient lights up: the two numbers that multiply. */
  #factors(id: WireId): readonly Run[] | undefined {
    const { step } = this.#shown;
    if (step?.kind !== 'local' || step.wire !== id) return undefined;
    const traced = this.#trace.wires.get(id);
    const local = traced?.local();
    const upstream = traced?.upstream;
    if (local?.kind !== 'elementwise' || !upstream) return undefined;
    if (!isSingle(local.value) || !isSingle(upstream)) return undefined;
    const { local: violet, dim, gradient } = this.#palette;
    return [
      bold(this.#numbers.operand(singleNumber(local.value)), violet),
      { ...plain('×', dim), text: ' × ' },
      bold(this.#numbers.operand(singleNumber(upstream)), gradient),
    ];
  }

  /** Totals at fan-outs, and what comes out at the end. */
  #result(id: NodeId): readonly Mark[] {
    const { document, nodes } = this.#trace;
    const { nodes: byId, outgoing } = indexOf(document);
    const [node, drawn, traced] = [byId.get(id), this.#nodes.get(id), nodes.get(id)];
    if (!node || !drawn || !traced) return [];
    const leaving = outgoing.get(id)?.length ?? 0;
    const { gradients, values } = this.#shown;
    const told = knowsTotal(this.#shown, id) ? traced.gradient : undefined;
    if (leaving > 1) {
      return told && gradients ? [total(drawn.rect, told, this.#numbers, this.#palette)] : [];
    }
    const operation = this.#registry.get(node.op);
    if (leaving > 0 || operation?.group === 'sources' || !traced.value) return [];
    const value = values && knowsValue(this.#shown, id) ? traced.value : undefined;
    const isLoss = document.loss?.node === id;
    const card = isLoss ? this.#lossCard(value, told) : undefined;
    return readout(drawn.output('out'), node, value, isLoss, card, this.#numbers, this.#palette);
  }

  #lossCard(value: ArrayValue | undefined, told: ArrayValue | null | undefined): Block | undefined {
    const lines: ChipLine[] = [];
    if (this.#shown.values) lines.push({ tone: 'value', value });
    if (this.#shown.gradients) lines.push({ tone: 'gradient', value: told });
    return lines.length > 0 ? chip(lines, this.#numbers, this.#palette) : undefined;
  }

  #bead({ id, from, curve }: PlacedWire): readonly Mark[] {
    const look = wireLook(this.#shown, id, from);
    if (look !== 'forward' && look !== 'product') return [];
    const { bead = 0.2 } = this.#options;
    const back = look === 'product';
    const { x, y } = onCurve(curve, back ? 1 - bead : bead);
    return [circle(x, y, 5.5, { fill: back ? this.#palette.gradient : this.#palette.value })];
  }
}

interface PlacedWire {
  readonly id: WireId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly name: string;
  readonly curve: Curve;
}

function portOf(end: ShownEnd): string {
  return end.kind === 'outside' ? '' : end.port;
}

/** Long numbers shrink a little rather than cover a node. */
function scaleFor(width: number, { x0, y0, x3, y3, detour }: Curve): number {
  const dx = detour ? detour.x2 - detour.x1 : Math.abs(x3 - x0);
  const steep = !detour && Math.abs(y3 - y0) > 140;
  return steep ? 1 : Math.min(1, Math.max(0.75, (dx - 10) / width));
}

interface WireColours {
  readonly stroke: string;
  readonly glow?: string;
  readonly active?: boolean;
  readonly dash?: readonly number[];
}

function wireColours(look: WireLook, palette: Palette): WireColours {
  const { faint, line, value, gradient, local, dim, paper } = palette;
  switch (look) {
    case 'quiet':
      return { stroke: faint };
    case 'pending':
      return { stroke: line };
    case 'forward-done':
      return { stroke: mix(value, paper, 0.55) };
    case 'backward-done':
      return { stroke: mix(gradient, paper, 0.6) };
    case 'forward':
      return { stroke: value, glow: mix(value, paper, 0.16), active: true };
    case 'upstream':
      return { stroke: gradient, active: true };
    case 'product':
    case 'sum':
      return { stroke: gradient, glow: mix(gradient, paper, 0.16), active: true };
    case 'local':
      return { stroke: local, active: true };
    case 'stop':
      return { stroke: dim, dash: [4, 4], active: true };
  }
}
