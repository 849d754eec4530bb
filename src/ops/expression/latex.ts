import type { Expression, FunctionName } from './expression.ts';

/** How tightly an operator binds; a looser part inside a tighter one gets parentheses. */
const precedence: Partial<Record<FunctionName, number>> = {
  add: 1,
  subtract: 1,
  multiply: 2,
  divide: 4,
  negate: 2,
  pow: 3,
  square: 3,
};

const named: Partial<Record<FunctionName, string>> = {
  log: '\\ln',
  sin: '\\sin',
  cos: '\\cos',
  tan: '\\tan',
  asin: '\\arcsin',
  acos: '\\arccos',
  atan: '\\arctan',
  sinh: '\\sinh',
  cosh: '\\cosh',
  tanh: '\\tanh',
  sigmoid: '\\sigma',
  max: '\\max',
  min: '\\min',
};

/** An expression in LaTeX; `names` gives the LaTeX of its variables. */
export function expressionLatex(
  expression: Expression,
  names: Readonly<Record<string, string | undefined>> = {},
): string {
  const write = (part: Expression, outer: number): string => {
    if (part.kind === 'number') {
      const text = numberLatex(part.value);
      return part.value < 0 && outer > 1 ? `\\left(${text}\\right)` : text;
    }
    if (part.kind === 'variable') return names[part.name] ?? symbolLatex(part.name);
    const own = precedence[part.name] ?? 5;
    const text = callLatex(part.name, part.args, write, own);
    return own < outer ? `\\left(${text}\\right)` : text;
  };
  return write(expression, 0);
}

function callLatex(
  name: FunctionName,
  args: readonly Expression[],
  write: (part: Expression, outer: number) => string,
  own: number,
): string {
  const inner = (at: number, outer: number) => {
    const part = args[at];
    return part ? write(part, outer) : '';
  };
  switch (name) {
    case 'add':
      return `${inner(0, own)} + ${inner(1, own)}`;
    case 'subtract':
      return `${inner(0, own)} - ${inner(1, own + 1)}`;
    case 'multiply':
      return `${inner(0, own)} \\cdot ${inner(1, own + 1)}`;
    case 'divide':
      return `\\frac{${inner(0, 0)}}{${inner(1, 0)}}`;
    case 'negate':
      return `-${inner(0, own + 1)}`;
    case 'pow':
      return `{${inner(0, own + 1)}}^{${inner(1, 0)}}`;
    case 'square':
      return `{${inner(0, own + 1)}}^{2}`;
    case 'exp':
      return `e^{${inner(0, 0)}}`;
    case 'sqrt':
      return `\\sqrt{${inner(0, 0)}}`;
    case 'abs':
      return `\\left|${inner(0, 0)}\\right|`;
    case 'step':
      return `\\mathbf{1}\\left[${inner(0, 0)} > 0\\right]`;
    default: {
      const head = named[name] ?? `\\operatorname{${name}}`;
      return `${head}\\left(${args.map((_, at) => inner(at, 0)).join(', ')}\\right)`;
    }
  }
}

function numberLatex(value: number): string {
  if (value === Math.PI) return '\\pi';
  if (value === 2 * Math.PI) return '2\\pi';
  if (value === Math.E) return 'e';
  return String(Number(value.toPrecision(6)));
}

const greek = new Set([
  ...['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'kappa', 'lambda'],
  ...['mu', 'nu', 'xi', 'rho', 'sigma', 'tau', 'phi', 'chi', 'psi', 'omega'],
]);

/** A variable's name as mathematics: `w0` is w₀, `sigma` is σ. */
function symbolLatex(name: string): string {
  const match = /^(\p{L}+)_?(\d+)$/u.exec(name);
  if (match) return `${symbolLatex(match[1] ?? '')}_{${match[2]}}`;
  if (greek.has(name)) return `\\${name}`;
  const text = name.replaceAll('_', '\\_');
  return name.length === 1 ? name : `\\mathit{${text}}`;
}
