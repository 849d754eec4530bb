import { ExpressionError, expressionValue, parseExpression } from '#ops';
import type { WireTrace } from './trace.ts';

/** What a learner's answer to “what flows back here?” is worth. */
export type Verdict =
  | { readonly kind: 'right' }
  | {
      readonly kind: 'wrong';
      /** What went wrong, where that can be told. */
      readonly why: 'sign' | 'local' | 'upstream' | 'number' | 'shape';
    }
  | { readonly kind: 'unreadable'; readonly message: string };

/** What is asked: the number itself, or, for a tensor or one per example, its shape. */
export function asksFor({ gradient }: WireTrace): 'number' | 'shape' {
  return gradient?.shape.length === 0 && gradient.data.data.length === 1 ? 'number' : 'shape';
}

/**
 * Judges an answer about the gradient on a wire. A number may be typed as a decimal, a fraction or any
 * expression without variables; a shape as `3x4` or `[3, 4]`, with or without the examples in front.
 */
export function judgeAnswer(typed: string, traced: WireTrace): Verdict {
  if (!traced.gradient) throw new Error('No gradient flows on this wire.');
  if (asksFor(traced) === 'shape') return judgeShape(typed, traced.gradient);
  const right = traced.gradient.data.data[0] ?? Number.NaN;
  const text = plain(typed);
  const answer = read(text);
  if (typeof answer === 'string') return { kind: 'unreadable', message: answer };
  const digits = /^[+-]?\d*\.?(\d*)$/.exec(text)?.[1]?.length;
  if (equals(answer, right, digits)) return { kind: 'right' };
  const local = traced.local();
  const slope = local?.kind === 'elementwise' ? local.value.data.data[0] : undefined;
  const upstream = traced.upstream?.data.data[0];
  const is = (x: number | undefined) => x !== undefined && equals(answer, x, digits);
  if (right !== 0 && equals(-answer, right, digits)) return { kind: 'wrong', why: 'sign' };
  if (is(slope)) return { kind: 'wrong', why: 'local' };
  if (is(upstream)) return { kind: 'wrong', why: 'upstream' };
  return { kind: 'wrong', why: 'number' };
}

/** As a person writes it, in the parser's signs: `−0,5`, `1·4`, `1 × 4`, `6 : 2` and `6 ÷ 2`. */
function plain(typed: string): string {
  const text = typed.trim().replaceAll('−', '-').replaceAll(/[·×]/g, '*').replaceAll(/[÷:]/g, '/');
  return /^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text;
}

/** The number, or why it cannot be read. */
function read(text: string): number | string {
  const word = /^([+-]?)(∞|inf|infinity|nan)$/i.exec(text);
  if (word) {
    if (word[2]?.toLowerCase() === 'nan') return Number.NaN;
    return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  try {
    return expressionValue(parseExpression(text));
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

/**
 * Within 1 %, or what one gets by rounding to the decimals typed, as far as that is a fair rounding:
 * 0 is not 0.4, nor 1 a 0.6.
 */
function equals(answer: number, right: number, digits: number | undefined): boolean {
  if (!Number.isFinite(right) || !Number.isFinite(answer)) return Object.is(answer, right);
  const off = Math.abs(answer - right);
  const size = Math.abs(right);
  if (size <= 1e-12) return Math.abs(answer) <= 1e-9;
  if (off <= 0.01 * size) return true;
  return digits !== undefined && off <= 0.5 * 10 ** -digits * (1 + 1e-9) && off <= 0.1 * size;
}

function judgeShape(typed: string, gradient: NonNullable<WireTrace['gradient']>): Verdict {
  const text = typed.trim().toLowerCase();
  const scalar = text === 'scalar' || text === '[]';
  if (!scalar && !/^[[(]?\s*\d+(\s*[x×*,;\s]\s*\d+)*\s*,?\s*[\])]?$/.test(text)) {
    return { kind: 'unreadable', message: 'A shape is written like 3x4 or [3, 4].' };
  }
  const answer = scalar ? '' : (text.match(/\d+/g) ?? []).map(Number).join('x');
  const shapes = [gradient.shape, gradient.data.shape].map((shape) => shape.join('x'));
  return shapes.includes(answer) ? { kind: 'right' } : { kind: 'wrong', why: 'shape' };
}
