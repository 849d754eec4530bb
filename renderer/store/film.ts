import { indexOf, type NodeId, type WireId } from '#graph';
import { type FilmState, filmAt, type Trace, type TraceStep } from '#trace';

/** Which part of the film is played. */
export type FilmSection = 'both' | 'forward' | 'backward';

/** How the film is played. */
export interface FilmSettings {
  readonly playing: boolean;
  /** 1 is the normal pace. */
  readonly speed: number;
  readonly section: FilmSection;
  /** At its end, the section starts over. */
  readonly loop: boolean;
  /** The step it runs to and stops at, where it was asked to run to some place. */
  readonly until?: number | undefined;
}

/** Where the film stands. Its script is the trace's. */
export interface Film extends FilmSettings {
  /** The step that is shown; −1 is before the first. */
  readonly at: number;
  /** What can be seen at that step. */
  readonly shown: FilmState;
}

export const paused: FilmSettings = { playing: false, speed: 1, section: 'both', loop: false };

export function filmOf(
  trace: Trace,
  at: number,
  { playing, speed, section, loop, until }: FilmSettings,
): Film {
  const last = trace.steps.length - 1;
  const step = Math.max(-1, Math.min(at, last));
  const settings = { playing, speed, section, loop, until };
  return { ...settings, at: step, shown: filmAt(trace.steps, step) };
}

/**
 * The film after an edit. Where the script stayed the same (a number was changed), it stays at its
 * step and shows the new numbers; else it goes back to the start.
 */
export function filmAfterEdit(film: Film, before: Trace, after: Trace): Film {
  if (before.steps === after.steps) return film;
  if (sameScript(before.steps, after.steps)) return filmOf(after, film.at, film);
  return filmOf(after, -1, { ...film, playing: false, until: undefined });
}

function sameScript(a: readonly TraceStep[], b: readonly TraceStep[]): boolean {
  return a.length === b.length && a.every((step, at) => keyOf(step) === keyOf(b[at]));
}

function keyOf(step: TraceStep | undefined): string {
  return JSON.stringify(step);
}

/** Before its first step, and at its last: the places between which a section is played. */
export function sectionEnds(
  steps: readonly TraceStep[],
  section: FilmSection,
): { readonly start: number; readonly end: number } {
  const last = steps.length - 1;
  const backward = steps.findIndex(({ kind }) => kind !== 'given' && kind !== 'forward');
  const turn = backward < 0 ? last : backward - 1;
  return {
    start: section === 'backward' ? turn : -1,
    end: section === 'forward' ? turn : last,
  };
}

/** What the film shows next while it plays: a step, or that it stops. */
export function nextStep(film: Film, steps: readonly TraceStep[]): number | 'stop' {
  const { at, until, loop, section } = film;
  const { start, end } = sectionEnds(steps, section);
  if (until !== undefined) return at < until ? at + 1 : 'stop';
  if (at < end) return at + 1;
  return loop && end > start ? start : 'stop';
}

/**
 * The step at which a wire's gradient is known, or a node's total; without a loss, that at which its value
 * is. Undefined where the film never comes there.
 */
export function stepOf(
  trace: Trace,
  place: { wire: WireId } | { node: NodeId },
): number | undefined {
  const { steps, document } = trace;
  const last = (test: (step: TraceStep) => boolean): number | undefined => {
    const at = steps.findLastIndex(test);
    return at < 0 ? undefined : at;
  };
  const whereValue = (node: NodeId | undefined) =>
    last(
      (step) =>
        (step.kind === 'forward' && step.node === node) ||
        (step.kind === 'given' && node !== undefined && step.nodes.includes(node)),
    );
  if ('wire' in place) {
    const { wire } = place;
    return (
      last(
        ({ kind, ...step }) =>
          (kind === 'product' || kind === 'stop') && 'wire' in step && step.wire === wire,
      ) ?? whereValue(indexOf(document).wires.get(wire)?.from.node)
    );
  }
  const { node } = place;
  const outgoing = indexOf(document).outgoing.get(node) ?? [];
  const total = last((step) => (step.kind === 'sum' || step.kind === 'seed') && step.node === node);
  const [only] = outgoing;
  return total ?? (only ? stepOf(trace, { wire: only.id }) : undefined) ?? whereValue(node);
}
