import type { Primitive } from '#tensor';
import { type Applied, type Expr, uniform } from './expr.ts';
import { pythonNested, pythonNumber } from './python.ts';

/** How tightly a piece of Python holds together: what is looser than its surroundings stands in parentheses. */
export const level = {
  comparison: 1,
  sum: 2,
  product: 3,
  sign: 4,
  power: 5,
  atom: 6,
} as const;

export interface Code {
  readonly text: string;
  readonly level: number;
}

export function atom(text: string): Code {
  return { text, level: level.atom };
}

/** In parentheses where it is looser than wanted. */
export function at(wanted: number, code: Code): string {
  return code.level >= wanted ? code.text : `(${code.text})`;
}

/** What a library calls the primitives. */
export interface Dialect {
  apply(primitive: Primitive, inputs: readonly Code[], expr: Applied): Code;
  /** A constant that is no single number. */
  array(nested: string): Code;
  /** A constant of equal entries, at its full shape. */
  filled(value: number, shape: readonly number[]): Code;
}

/** Lines longer than this are taken apart. */
const longest = 64;

/**
 * Writes expressions as lines of Python. What has a name is called by it; what is used more than once gets one, and
 * so does a part that would make a line too long.
 */
export class Printer {
  readonly lines: string[] = [];
  readonly #dialect: Dialect;
  readonly #names = new Map<number, string>();
  readonly #uses = new Map<number, number>();
  readonly #freshName: () => string;

  /** @param wanted all that is going to be written: what of it is used more than once? */
  constructor(dialect: Dialect, wanted: readonly Expr[], freshName: () => string) {
    this.#dialect = dialect;
    this.#freshName = freshName;
    this.#count(wanted);
  }

  /** From now on the expression is called that. */
  name(expr: Expr, name: string): void {
    if (!this.#names.has(expr.id)) this.#names.set(expr.id, name);
  }

  /** `name = …`. */
  assign(name: string, expr: Expr): void {
    this.lines.push(`${name} = ${this.#full(expr).text}`);
    this.name(expr, name);
  }

  /** The expression as a piece of a line; what it needs before is written out. */
  code(expr: Expr): Code {
    const named = this.#names.get(expr.id);
    if (named !== undefined) return atom(named);
    if (expr.kind !== 'apply') return this.#leaf(expr);
    if ((this.#uses.get(expr.id) ?? 0) > 1 && uniform(expr) === undefined)
      return this.#hoisted(expr);
    const code = this.#applied(expr);
    return code.text.length > longest ? this.#hoisted(expr, code) : code;
  }

  /** An expression in full, even if a plain number would be stretched where it stands as an operand. */
  #full(expr: Expr): Code {
    const named = this.#names.get(expr.id);
    if (named !== undefined) return atom(named);
    if (expr.kind === 'apply') return this.#applied(expr);
    return this.#leaf(expr);
  }

  #leaf(expr: Exclude<Expr, Applied>): Code {
    if (expr.kind === 'given') return atom(expr.name);
    if (expr.shape.length === 0) {
      const text = pythonNumber(expr.array.data[0] ?? 0);
      return { text, level: text.startsWith('-') ? level.sign : level.atom };
    }
    const code = this.#dialect.array(pythonNested(expr.array));
    if (code.text.length <= longest) return code;
    const name = this.#freshName();
    this.lines.push(`${name} = ${code.text}`);
    this.#names.set(expr.id, name);
    return atom(name);
  }

  #applied(expr: Applied): Code {
    const value = uniform(expr);
    if (value !== undefined && expr.primitive.op === 'broadcastTo') {
      return this.#dialect.filled(value, expr.shape);
    }
    const inputs = expr.inputs.map((input) => this.code(input));
    return this.#dialect.apply(expr.primitive, inputs, expr);
  }

  #hoisted(expr: Applied, code = this.#applied(expr)): Code {
    const name = this.#freshName();
    this.lines.push(`${name} = ${code.text}`);
    this.#names.set(expr.id, name);
    return atom(name);
  }

  #count(wanted: readonly Expr[]): void {
    const seen = new Set<number>();
    const stack = [...wanted];
    for (let expr = stack.pop(); expr; expr = stack.pop()) {
      this.#uses.set(expr.id, (this.#uses.get(expr.id) ?? 0) + 1);
      if (seen.has(expr.id) || expr.kind !== 'apply') continue;
      seen.add(expr.id);
      stack.push(...expr.inputs);
    }
  }
}

/** Whether code speaks of the number of examples. */
export function speaksOfExamples(lines: readonly string[]): boolean {
  return lines.some((line) => /\bN\b/.test(line));
}
