import { describe, expect, it } from 'vitest';
import { nodeId, readParsed } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { scalar } from '#tensor';
import { setValue } from '../../renderer/store/gestures.ts';
import { createEditorStore } from '../../renderer/store/store.ts';
import { formatChange, sliderReach, wiggleScale } from '../../renderer/wiggle/numbers.ts';

describe('the numbers of a wiggle', () => {
  it.each([
    [0.1, '0.10'],
    [0.30000000000000004, '0.30'],
    [-0.4, '0.40'],
    [0.0213, '0.0213'],
    [12, '12.00'],
    [0.000001, '1e−6'],
  ])('%d reads %s', (x, text) => {
    expect(formatChange(x)).toBe(text);
  });

  it.each([
    [0, 1],
    [5, 1],
    [0.2, 1],
    [-43, 10],
    [0.004, 0.001],
  ])('suit the value %d: up to %d', (value, scale) => {
    expect(wiggleScale(value)).toBeCloseTo(scale, 12);
  });

  it.each([
    [0, 1],
    [2, 5],
    [-5, 10],
    [0.3, 1],
    [40, 100],
  ])('of a slider for %d go to %d', (value, reach) => {
    expect(sliderReach(value)).toBe(reach);
  });
});

describe('a slider', () => {
  it('retraces at every move and is one step of undo for each gesture', () => {
    const file = { ref: null, name: 'test' };
    const store = createEditorStore(catalogue, readParsed(product.file, catalogue).document, file);
    const losses = [2.5, 3, 3.5].map((x) => {
      setValue(store, nodeId('x'), scalar(x), 'slide x 1');
      return store.getState().trace.loss;
    });
    expect(losses).toEqual([22, 24, 26]);
    setValue(store, nodeId('x'), scalar(4), 'slide x 2');
    store.getState().undo();
    expect(store.getState().trace.loss).toBe(26);
    store.getState().undo();
    expect(store.getState().trace.loss).toBe(20);
  });
});
