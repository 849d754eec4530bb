const subscripts = '₀₁₂₃₄₅₆₇₈₉';

/**
 * What an example's copy is called: x₂ for x, and W_1_2 for W₁ (set as W with the subscript 1,2). Empty
 * for a node without a name.
 */
export function replicaName(name: string, example: number): string {
  if (name === '') return '';
  const number = String(example + 1);
  const subscripted = /^(\p{L}+)(?:_(\w+)|(\d+)|([₀-₉]+))$/u.exec(name);
  if (!subscripted) return name + [...number].map((digit) => subscripts[Number(digit)]).join('');
  const [, base = '', word, digits, low] = subscripted;
  const own = word ?? digits ?? [...(low ?? '')].map((digit) => subscripts.indexOf(digit)).join('');
  return `${base}_${own}_${number}`;
}
