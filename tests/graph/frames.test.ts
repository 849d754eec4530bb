import { describe, expect, it } from 'vitest';
import {
  collapseRefusal,
  type Edit,
  frameId,
  nodeId,
  readDocument,
  readParsed,
  writeDocument,
} from '#graph';
import { catalogue, compositeIds } from '#ops';
import { around, collapsed, edited, expanded } from '../support/composites.ts';

describe('frames', () => {
  const plain = (id: string, ...nodes: string[]): Edit => ({
    type: 'addFrame',
    frame: { id: frameId(id), title: 'A', nodes: nodes.map(nodeId) },
  });

  it('shrink with their nodes and go with the last one', () => {
    const framed = edited(around('sigmoid'), plain('f', 'near', 'weighted'));
    const smaller = edited(framed, { type: 'removeNodes', nodes: [nodeId('near')] });
    expect(smaller.frames.map(({ nodes }) => nodes)).toEqual([['weighted']]);
    expect(edited(smaller, { type: 'removeNodes', nodes: [nodeId('weighted')] }).frames).toEqual(
      [],
    );
    expect(edited(framed, { type: 'removeFrames', frames: [frameId('f')] }).frames).toEqual([]);
    expect(() => edited(framed, plain('f', 'near'))).toThrow('a frame “f” already');
    expect(() => edited(framed, plain('g', 'nobody'))).toThrow('must be in the document');
  });

  it('hold the parts instead of a composite that is expanded within', () => {
    const framed = edited(around('sigmoid'), plain('f', 'near', 'whole', 'weighted'));
    const parts = expanded(framed);
    expect(parts.frames[0]?.nodes).toEqual([
      'near',
      'whole_neg',
      'whole_exp',
      'whole_constant',
      'whole_add',
      'whole_reciprocal',
      'weighted',
    ]);
    expect(collapsed(parts)).toEqual(framed);
  });

  it.each(compositeIds)('%s: survive writing and reading, and collapse after it', (op) => {
    const parts = expanded(around(op));
    const text = writeDocument(parts, catalogue);
    const { document, repairs } = readDocument(text, catalogue);
    expect(repairs).toEqual([]);
    expect(document).toEqual(parts);
    expect(writeDocument(document, catalogue)).toBe(text);
    expect(collapsed(document)).toEqual(around(op));
  });

  it('that this version does not understand are kept as they are', () => {
    const parts = expanded(around('sigmoid'));
    const file = JSON.parse(writeDocument(parts, catalogue));
    const [own] = file.frames;
    const strange = [
      { kind: 'plate', repeat: 3 },
      { ...own, composite: { ...own.composite, op: 'teleport' }, id: 'later', mood: 'blue' },
      { id: 'nobody', title: '', nodes: ['gone'] },
      { ...own, title: 'a second one of this id' },
    ];
    file.frames.push(...strange);
    const { document, repairs } = readParsed(file, catalogue);
    expect(repairs).toEqual([]);
    expect(document.frames.map(({ id }) => id)).toEqual(['whole', 'later']);
    expect(collapseRefusal(document, catalogue, frameId('later'))?.message).toMatch(
      /^Only a frame/,
    );
    const written = JSON.parse(writeDocument(document, catalogue));
    expect(written.frames).toHaveLength(5);
    for (const entry of strange) expect(written.frames).toContainEqual(entry);
  });
});
