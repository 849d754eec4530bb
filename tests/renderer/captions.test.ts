import { describe, expect, it } from 'vitest';
import { readParsed } from '#graph';
import { lessons, product } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { defaultDisplay, Numbers } from '../../renderer/format/numbers.ts';
import { captionOf } from '../../renderer/stepper/caption.ts';
import { chainRule } from '../../renderer/story/chain-rule.ts';
import { plainText } from '../../renderer/strings/rich.ts';

const at = { x: 0, y: 0 };
const source = (id: string, value: unknown, op = 'input') => ({
  id,
  op,
  label: id,
  attrs: { shape: Array.isArray(value) ? [value.length] : [], value },
  position: at,
});
const wire = (from: string, node: string, port: string) => ({
  id: `${from}-${node}-${port}`,
  from: { node: from, port: 'out' },
  to: { node, port },
});
const file = (nodes: unknown[], wires: unknown[], loss?: string) => ({
  format: 'gradwire',
  version: 1,
  title: '',
  nodes,
  wires,
  ...(loss ? { loss: { node: loss, seed: 1 } } : {}),
});
const node = (id: string, op: string) => ({ id, op, label: id, position: at });

const numbers = new Numbers(defaultDisplay);

function film(raw: unknown): string[] {
  const traced = trace(readParsed(raw, catalogue).document, catalogue);
  return traced.steps.map((_, step) => plainText(captionOf(traced, catalogue, numbers, step)));
}

describe('the film’s sentence', () => {
  it('says where several paths meet that gradients add', () => {
    const told = film(
      file([source('x', 3), node('f', 'mul')], [wire('x', 'f', 'a'), wire('x', 'f', 'b')], 'f'),
    );
    expect(told.at(-1)).toBe('Two paths meet at x, and gradients add: 3 + 3 = 6');
  });

  it('says why nothing flows into a constant', () => {
    const told = film(
      file(
        [source('x', 3), source('c', 2, 'constant'), node('f', 'mul')],
        [wire('x', 'f', 'a'), wire('c', 'f', 'b')],
        'f',
      ),
    );
    expect(told).toContain('No gradient flows into c: a constant never changes');
  });

  it('names shapes where numbers would be too many', () => {
    const told = film(
      file(
        [source('x', [1, 2, 3]), node('s', 'square'), node('f', 'sum')],
        [wire('x', 's', 'x'), wire('s', 'f', 'x')],
        'f',
      ),
    );
    expect(told[0]).toBe('Given: x (3)');
    expect(told[1]).toBe('Square takes x (3) and gives s (3)');
    expect(told[2]).toBe('Sum takes s (3) and gives f = 14');
  });

  it('says over what a shared or stretched value sums its gradient, and never adds shapes', () => {
    const toldOf = (id: string) => film(lessons.find((lesson) => lesson.id === id)?.file);
    expect(toldOf('three-four-two')).toContain(
      'Affine passes Wᵀ·g to the input, g·xᵀ to the weights and g to the bias, summed over the 3 examples: ∂L/∂W₂ (2×4)',
    );
    expect(toldOf('gplvm')).toContain(
      'Multiply passes the upstream gradient times the value on the other wire, summed over the entries: ∂L/∂α = 1.922',
    );
    expect(toldOf('batch-norm').at(-1)).toBe(
      'Three paths meet at x, and their gradients add: ∂L/∂x (×4)',
    );
    expect(toldOf('batch-norm')).toContain('The upstream gradient ∂L/∂y (×4) arrives at add');
  });

  it('puts negative factors in parentheses', () => {
    const told = film(
      file(
        [source('x', 3), source('y', -2), node('f', 'mul')],
        [wire('x', 'f', 'a'), wire('y', 'f', 'b')],
        'f',
      ),
    );
    expect(told[1]).toBe('Multiply: 3 × (−2) = −6');
    expect(told.join('\n')).toContain('(−2) × 1 = −2');
  });

  it('invites to play before the first step, and says what is missing', () => {
    const say = (raw: unknown) =>
      plainText(
        captionOf(trace(readParsed(raw, catalogue).document, catalogue), catalogue, numbers, -1),
      );
    expect(say(product.file)).toMatch(/^Press play/);
    expect(say(file([source('x', 1)], []))).toMatch(/Without a loss/);
    expect(say(file([], []))).toMatch(/nothing to play/);
  });

  it('has something to say at every step of every example', () => {
    for (const lesson of lessons) {
      for (const sentence of film(lesson.file)) {
        expect(sentence.length).toBeGreaterThan(8);
        expect(sentence).not.toMatch(/undefined|NaN|\bnull\b/);
      }
    }
  });
});

describe('the chain rule at a wire', () => {
  const rule = (raw: unknown, id: string) => {
    const { document } = readParsed(raw, catalogue);
    const traced = trace(document, catalogue);
    const found = document.wires.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`There is no wire ${id}.`);
    return chainRule(document, catalogue, found, traced.wires.get(found.id));
  };

  it('uses the graph’s own names', () => {
    expect(rule(product.file, 'ww')).toBe(
      '\\frac{\\partial L}{\\partial w} = \\frac{\\partial f}{\\partial w} \\cdot \\frac{\\partial L}{\\partial f} = z \\cdot \\frac{\\partial L}{\\partial f}',
    );
  });

  it('stands on the right of the upstream gradient where the matrix does', () => {
    const raw = file(
      [
        { id: 'W', op: 'parameter', label: 'W', attrs: { shape: [1, 2] }, position: at },
        source('x', [1, 2]),
        node('z', 'affine'),
        node('f', 'sum'),
      ],
      [wire('W', 'z', 'w'), wire('x', 'z', 'x'), wire('z', 'f', 'x')],
      'f',
    );
    expect(rule(raw, 'W-z-w')).toContain('\\frac{\\partial L}{\\partial z} \\cdot {x}^\\top');
  });

  it('calls the loss by its own name where another node is called L', () => {
    const raw = file([source('L', 2), node('f', 'square')], [wire('L', 'f', 'x')], 'f');
    expect(rule(raw, 'L-f-x')).toContain('\\frac{\\partial f}{\\partial L}');
  });
});
