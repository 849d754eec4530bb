import { describe, expect, it } from 'vitest';
import { wiggle } from '#diagnose';
import { nodeId, readParsed, wireId } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';

const at = { x: 0, y: 0 };

/** x = 3 enters both inputs of a product, so L = x². */
function square(seed = 1) {
  const raw = {
    format: 'gradwire',
    version: 1,
    title: 'square',
    nodes: [
      { id: 'x', op: 'input', label: 'x', attrs: { shape: [], value: 3 }, position: at },
      { id: 'f', op: 'mul', label: 'f', attrs: {}, position: at },
    ],
    wires: [
      { id: 'left', from: { node: 'x', port: 'out' }, to: { node: 'f', port: 'a' } },
      { id: 'right', from: { node: 'x', port: 'out' }, to: { node: 'f', port: 'b' } },
    ],
    loss: { node: 'f', seed },
  };
  return trace(readParsed(raw, catalogue).document, catalogue);
}

const [x, f] = [nodeId('x'), nodeId('f')];
const left = { kind: 'wire', wire: wireId('left'), from: x, to: f } as const;
const whole = { kind: 'node', node: x } as const;

describe('wiggling a number', () => {
  it('agrees with the gradient exactly where the loss is linear in it', () => {
    const traced = trace(readParsed(product.file, catalogue).document, catalogue);
    const place = { wire: wireId('ww'), from: nodeId('add'), to: nodeId('mul') };
    const result = wiggle(traced, catalogue, { kind: 'wire', ...place })?.(0.1);
    expect(result?.predicted).toBeCloseTo(0.4, 12);
    expect(result?.actual).toBeCloseTo(0.4, 12);
    expect(result?.error).toBe(0);
  });

  it('is off by Δ² for a square', () => {
    const result = wiggle(square(), catalogue, whole)?.(0.5);
    expect(result).toEqual({ change: 0.5, predicted: 3, actual: 3.25, error: 0.25 });
  });

  it('on one of two wires leaves the other as it is', () => {
    const result = wiggle(square(), catalogue, left)?.(-0.5);
    expect(result).toEqual({ change: -0.5, predicted: -1.5, actual: -1.5, error: 0 });
  });

  it('counts the seed on both sides', () => {
    const result = wiggle(square(-2), catalogue, whole)?.(0.5);
    expect(result).toEqual({ change: 0.5, predicted: -6, actual: -6.5, error: -0.5 });
  });

  it('is not offered without a loss', () => {
    const { document } = square();
    const traced = trace({ ...document, loss: undefined }, catalogue);
    expect(wiggle(traced, catalogue, left)).toBeUndefined();
  });
});
