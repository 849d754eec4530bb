import type { FunctionName } from '#ops';

/** Functions of the expression language that are an operation of the catalogue, with its ports. */
export const operationOf: Readonly<
  Partial<Record<FunctionName, { readonly op: string; readonly ports: readonly string[] }>>
> = {
  add: { op: 'add', ports: ['a', 'b'] },
  subtract: { op: 'sub', ports: ['a', 'b'] },
  multiply: { op: 'mul', ports: ['a', 'b'] },
  divide: { op: 'div', ports: ['a', 'b'] },
  max: { op: 'max', ports: ['a', 'b'] },
  min: { op: 'min', ports: ['a', 'b'] },
  negate: { op: 'neg', ports: ['x'] },
  abs: { op: 'abs', ports: ['x'] },
  exp: { op: 'exp', ports: ['x'] },
  log: { op: 'log', ports: ['x'] },
  sqrt: { op: 'sqrt', ports: ['x'] },
  square: { op: 'square', ports: ['x'] },
  sin: { op: 'sin', ports: ['x'] },
  cos: { op: 'cos', ports: ['x'] },
  tanh: { op: 'tanh', ports: ['x'] },
  sigmoid: { op: 'sigmoid', ports: ['x'] },
  relu: { op: 'relu', ports: ['x'] },
  softplus: { op: 'softplus', ports: ['x'] },
  step: { op: 'step', ports: ['x'] },
};

/** The same the other way round. */
export const functionOf: ReadonlyMap<string, FunctionName> = new Map(
  Object.entries(operationOf).map(([name, { op }]) => [op, name as FunctionName]),
);
