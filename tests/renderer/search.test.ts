import { describe, expect, it } from 'vitest';
import { catalogue } from '#ops';
import { follows, precedes } from '../../renderer/search/follows.ts';
import { find } from '../../renderer/search/fuzzy.ts';
import { findOperations } from '../../renderer/search/operations.ts';

const operations = [...catalogue.values()];
const first = (text: string) => findOperations(text, operations)[0]?.id;

describe('finding operations', () => {
  it('finds every operation first by its own title and by its id', () => {
    for (const { id, title } of operations) {
      expect(first(id), id).toBe(id);
      expect(
        findOperations(title, operations)
          .slice(0, 2)
          .map((each) => each.id),
        title,
      ).toContain(id);
    }
  });

  it.each([
    ['+', 'add'],
    ['-', 'sub'],
    ['*', 'mul'],
    ['/', 'div'],
    ['^', 'power'],
    ['@', 'matmul'],
    ['σ', 'sigmoid'],
    ['Σ', 'sum'],
    ['√', 'sqrt'],
    ['dense', 'affine'],
    ['router', 'max'],
    ['logistic', 'sigmoid'],
    ['bce', 'sigmoidCrossEntropy'],
    ['sftmx', 'softmax'],
  ])('finds by symbol, nickname, other names and letters: %s', (text, id) => {
    expect(first(text)).toBe(id);
  });

  it('finds nothing where nothing is alike, and all without a text', () => {
    expect(findOperations('qqq', operations)).toEqual([]);
    expect(findOperations(' ', operations)).toHaveLength(operations.length);
  });

  it('knows only operations that there are', () => {
    const usual = (previous: string) =>
      operations.filter(({ id }) => follows(id, previous) > 0).map(({ id }) => id);
    for (const { id } of operations) expect(usual(id).length, id).toBeGreaterThan(1);
    expect(operations.filter(({ id }) => precedes(id) > 0).length).toBe(8);
  });

  it('puts first what usually follows', () => {
    const next = (previous: string) =>
      findOperations('', operations, ({ id }) => follows(id, previous))[0]?.id;
    expect(next('affine')).toBe('relu');
    expect(next('relu')).toBe('affine');
    expect(next('softmax')).toBe('crossEntropy');
  });
});

describe('finding by letters', () => {
  it('prefers the name itself, then its beginning, then letters in their order', () => {
    const names = ['a wide net', 'w', 'W', 'weight', 'new'];
    expect(find('w', names, (name) => [name]).slice(0, 3)).toEqual(['w', 'W', 'weight']);
    expect(find('W', names, (name) => [name])[0]).toBe('W');
  });
});
