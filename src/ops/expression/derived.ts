import { call, type Expression, number } from './expression.ts';

const one = number(1);

const logarithm = (x: Expression, base: Expression) =>
  call('divide', call('log', x), call('log', base));

const third = call('divide', one, number(3));

/**
 * What mathjs knows and needs no rules of its own: such a call is written out in other functions
 * when it is read. By name and number of arguments.
 */
export const derivedFunctions: Readonly<
  Record<string, (x: Expression, base: Expression) => Expression>
> = {
  'log/2': logarithm,
  'log2/1': (x) => logarithm(x, number(2)),
  'log10/1': (x) => logarithm(x, number(10)),
  'cbrt/1': (x) => call('multiply', call('sign', x), call('pow', call('abs', x), third)),
  'sec/1': (x) => call('divide', one, call('cos', x)),
  'csc/1': (x) => call('divide', one, call('sin', x)),
  'cot/1': (x) => call('divide', call('cos', x), call('sin', x)),
};
