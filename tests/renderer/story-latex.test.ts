import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { indexOf, readParsed, type WireId, wireId } from '#graph';
import { lessons } from '#lessons';
import { catalogue, type Operation } from '#ops';
import { seededRandom } from '#tensor';
import { linksOf, type Trace, trace } from '#trace';
import { defaultDisplay, Numbers } from '../../renderer/format/numbers.ts';
import { chainRule } from '../../renderer/story/chain-rule.ts';
import { numbersLatex } from '../../renderer/story/numbers-latex.ts';
import { formulaOptions } from '../../renderer/ui/Formula.tsx';
import { operationGraph } from '../support/operation-graph.ts';
import {
  type Application,
  computing,
  mustBeShared,
  sampleOf,
  variation,
} from '../support/operations.ts';

const numbers = new Numbers(defaultDisplay);

function tell(traced: Trace, id: WireId): { rule: string; inNumbers: string | null } {
  const wire = indexOf(traced.document).wires.get(id);
  if (!wire) throw new Error(`There is no wire ${id}.`);
  const links = linksOf(traced, catalogue, id);
  return {
    rule: chainRule(traced.document, catalogue, wire, traced.wires.get(id)),
    inNumbers: numbersLatex(traced, catalogue, id, links, numbers),
  };
}

/** Throws where KaTeX cannot set it. */
function set(latex: string): string {
  return katex.renderToString(latex, { ...formulaOptions, displayMode: true, throwOnError: true });
}

/** The sample, and a batch of 3 at every port that may have one. */
function applications(operation: Operation): Application[] {
  const random = seededRandom(3, operation.id).uniform;
  const batch = variation(operation, 3, (port) => !mustBeShared(operation, port), random);
  const single = variation(operation, 1, () => false, random);
  return [sampleOf(operation), batch, single];
}

describe('the chain rule, with names and with numbers', () => {
  it.each(computing.map((operation) => [operation.id, operation] as const))(
    'can be set for every port of %s',
    (_, operation) => {
      for (const application of applications(operation)) {
        const traced = trace(operationGraph(operation, application), catalogue);
        for (const port of Object.keys(application.inputs)) {
          const id = wireId(`w_${port}`);
          const { rule, inNumbers } = tell(traced, id);
          const passes = Boolean(traced.wires.get(id)?.gradient);
          expect(inNumbers !== null).toBe(passes);
          expect(rule).not.toMatch(/undefined|NaN/);
          set(rule);
          if (!inNumbers) continue;
          expect(inNumbers).not.toMatch(/undefined/);
          set(inNumbers);
          // Beyond the general rule it says what the local gradient is, or what flows back instead.
          expect(rule.split('=').length, `${operation.id} ${port}: ${rule}`).toBeGreaterThan(2);
        }
      }
    },
  );

  it('can be set for every wire of every example', () => {
    for (const { file } of lessons) {
      const traced = trace(readParsed(file, catalogue).document, catalogue);
      for (const { id } of traced.document.wires) {
        const { rule, inNumbers } = tell(traced, id);
        set(rule);
        if (inNumbers) set(inNumbers);
      }
    }
  });
});

function lesson(id: string): Trace {
  const found = lessons.find((one) => one.id === id);
  if (!found) throw new Error(`There is no lesson ${id}.`);
  return trace(readParsed(found.file, catalogue).document, catalogue);
}

/** Without the colours. */
const plain = (latex: string | null) =>
  (latex ?? '').replaceAll(/\\htmlClass\{\w+\}/g, '').replaceAll(/[{}]/g, '');

describe('numbers put in', () => {
  it('scalars: local · upstream = what flows back', () => {
    const traced = lesson('product');
    expect(plain(tell(traced, wireId('ww')).inNumbers)).toBe('= 4 \\cdot 1 = 4');
  });

  it('y = Wx: right to left, the shapes under the factors', () => {
    const traced = lesson('matrix-vector');
    const x = plain(tell(traced, wireId('x-y-b')).inNumbers);
    expect(x).toContain('\\underset3 \\times 2');
    expect(x).toContain('2 \\\\ -1');
    expect(x).toContain('2 \\\\ 3 \\\\ 1');
    expect(x.indexOf('\\cdot')).toBeGreaterThan(x.indexOf('3 \\times 2'));
    const w = plain(tell(traced, wireId('W-y-a')).inNumbers);
    // g · xᵀ: the column first.
    expect(w.indexOf('2 \\times 1')).toBeLessThan(w.indexOf('1 \\times 3'));
    expect(w).toContain('2 & -2 & 4 \\\\ -1 & 1 & -2');
  });

  it('a value that a batch shares: the sum over its examples', () => {
    const traced = lesson('batch-norm');
    const gamma = plain(tell(traced, wireId('gamma-scaled-b')).inNumbers);
    expect(gamma).toContain('\\sum_i=1^4');
    expect(gamma).toContain('\\odot');
    expect(gamma).toMatch(/= 0\.6325/);
  });
});
