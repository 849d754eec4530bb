import { describe, expect, it } from 'vitest';
import { type DiagnosisCode, diagnose } from '#diagnose';
import { readParsed } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';

type Node = readonly [id: string, op: string, attrs?: object];
type Wire = readonly [from: string, to: string, port: string];

/** The codes and nodes that a small graph is diagnosed with. */
function found(nodes: readonly Node[], wires: readonly Wire[], loss?: string) {
  const file = {
    format: 'gradwire',
    version: 1,
    title: '',
    nodes: nodes.map(([id, op, attrs = {}]) => ({ id, op, attrs })),
    wires: wires.map(([from, node, port]) => ({
      id: `${from}-${node}-${port}`,
      from: { node: from, port: 'out' },
      to: { node, port },
    })),
    ...(loss ? { loss: { node: loss } } : {}),
  };
  const { document, repairs } = readParsed(file, catalogue);
  expect(repairs).toEqual([]);
  const traced = trace(document, catalogue);
  expect(traced.errors).toEqual([]);
  return diagnose(traced).map(({ code, node }) => [code, node]);
}

const scalar = (value: number) => ({ shape: [], value });
const vector = (...value: number[]) => ({ shape: [value.length], value });

describe('a healthy graph', () => {
  it('has no diagnosis', () => {
    expect(diagnose(trace(readParsed(product.file, catalogue).document, catalogue))).toEqual([]);
  });
});

describe('diagnoses', () => {
  const cases: readonly [DiagnosisCode, string, readonly Node[], readonly Wire[], string?][] = [
    [
      'saturated',
      's',
      [
        ['x', 'input', scalar(9)],
        ['s', 'sigmoid'],
      ],
      [['x', 's', 'x']],
    ],
    [
      'saturated',
      't',
      [
        ['x', 'input', scalar(-5)],
        ['t', 'tanh'],
      ],
      [['x', 't', 'x']],
    ],
    [
      'dead-relu',
      'r',
      [
        ['x', 'input', scalar(-1)],
        ['r', 'relu'],
      ],
      [['x', 'r', 'x']],
    ],
    [
      'dead-relu',
      'r',
      [
        [
          'x',
          'input',
          {
            shape: [2],
            batched: true,
            value: [
              [1, -1],
              [2, -3],
            ],
          },
        ],
        ['r', 'relu'],
      ],
      [['x', 'r', 'x']],
    ],
    [
      'gradient-died',
      'r',
      [
        ['x', 'parameter', scalar(-1)],
        ['r', 'relu'],
        ['f', 'exp'],
      ],
      [
        ['x', 'r', 'x'],
        ['r', 'f', 'x'],
      ],
      'f',
    ],
    [
      'not-finite',
      'l',
      [
        ['x', 'input', vector(1, 0)],
        ['l', 'log'],
      ],
      [['x', 'l', 'x']],
    ],
    [
      'not-finite',
      'l',
      [
        ['x', 'input', scalar(-1)],
        ['l', 'log'],
        ['e', 'exp'],
      ],
      [
        ['x', 'l', 'x'],
        ['l', 'e', 'x'],
      ],
    ],
    [
      'float32-overflow',
      'e',
      [
        ['x', 'input', scalar(90)],
        ['e', 'exp'],
      ],
      [['x', 'e', 'x']],
    ],
    [
      'squared-error-after-squashing',
      'L',
      [
        ['x', 'input', scalar(0.5)],
        ['s', 'sigmoid'],
        ['y', 'input', scalar(1)],
        ['L', 'squaredError'],
      ],
      [
        ['x', 's', 'x'],
        ['s', 'L', 'prediction'],
        ['y', 'L', 'target'],
      ],
    ],
    [
      'activated-scores',
      'L',
      [
        ['x', 'input', vector(1, 2)],
        ['r', 'relu'],
        ['y', 'input', scalar(1)],
        ['L', 'softmaxCrossEntropy'],
      ],
      [
        ['x', 'r', 'x'],
        ['r', 'L', 'scores'],
        ['y', 'L', 'target'],
      ],
    ],
    [
      'no-gradient',
      'lonely',
      [
        ['x', 'parameter', scalar(2)],
        ['lonely', 'parameter', scalar(1)],
        ['f', 'square'],
      ],
      [['x', 'f', 'x']],
      'f',
    ],
    [
      'linear-layers',
      'b',
      [
        ['x', 'input', vector(1, -2)],
        [
          'w',
          'parameter',
          {
            shape: [2, 2],
            value: [
              [1, 2],
              [3, 4],
            ],
          },
        ],
        ['a', 'affine'],
        ['b', 'affine'],
      ],
      [
        ['x', 'a', 'x'],
        ['w', 'a', 'w'],
        ['a', 'b', 'x'],
        ['w', 'b', 'w'],
      ],
    ],
    [
      'one-signed',
      'w',
      [
        ['x', 'input', vector(1, 2)],
        [
          'w',
          'parameter',
          {
            shape: [2, 2],
            value: [
              [1, -2],
              [-3, 4],
            ],
          },
        ],
        ['a', 'affine'],
        ['s', 'sum'],
      ],
      [
        ['x', 'a', 'x'],
        ['w', 'a', 'w'],
        ['a', 's', 'x'],
      ],
      's',
    ],
  ];

  it.each(cases)('%s at %s', (code, node, nodes, wires, loss) => {
    expect(found(nodes, wires, loss)).toContainEqual([code, node]);
  });

  it.each([
    ['vanishing', 0.01],
    ['exploding', 100],
  ] as const)('%s gradients along the depth', (code, weight) => {
    const names = ['a', 'b', 'c', 'd'];
    const nodes: Node[] = [
      ['x', 'input', vector(1, -2)],
      [
        'w',
        'parameter',
        {
          shape: [2, 2],
          value: [
            [weight, 0],
            [0, weight],
          ],
        },
      ],
      ...names.flatMap((name): Node[] => [
        [name, 'affine'],
        [`${name}t`, 'leakyRelu'],
      ]),
      ['s', 'sum'],
    ];
    const wires: Wire[] = names.flatMap((name, at): Wire[] => [
      [at === 0 ? 'x' : `${names[at - 1]}t`, name, 'x'],
      ['w', name, 'w'],
      [name, `${name}t`, 'x'],
    ]);
    expect(found(nodes, [...wires, ['dt', 's', 'x']], 's')).toContainEqual([code, 'a']);
  });

  it('pass on what an operation itself warns of, but not twice', () => {
    const nodes: Node[] = [
      ['x', 'input', scalar(0.3)],
      ['s', 'step'],
    ];
    expect(found(nodes, [['x', 's', 'x']])).toEqual([['warned', 's']]);
    // The saturated sigmoid warns of the same.
    const saturated: Node[] = [
      ['x', 'input', scalar(9)],
      ['s', 'sigmoid'],
    ];
    expect(found(saturated, [['x', 's', 'x']])).toEqual([['saturated', 's']]);
  });

  it('name the node, say why in one sentence and what to try', () => {
    const { document } = readParsed(
      {
        format: 'gradwire',
        version: 1,
        title: '',
        nodes: [
          { id: 'x', op: 'input', label: 'z', attrs: scalar(-50) },
          { id: 's', op: 'sigmoid', label: 'p' },
        ],
        wires: [{ id: 'w', from: { node: 'x', port: 'out' }, to: { node: 's', port: 'x' } }],
      },
      catalogue,
    );
    const [first] = diagnose(trace(document, catalogue));
    expect(first?.why).toMatch(/^“p” is saturated.*\.$/);
    expect(first?.advice).toMatch(/\.$/);
  });
});
