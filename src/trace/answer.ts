import { type ArrayValue, sameShape, sizeOf } from '#tensor';
import type { WireTrace } from './trace.ts';
import { readNumber, readTensor, type TypedNumber } from './typed.ts';

/** What a learner's answer to “what flows back here?” is worth. */
export type Verdict =
  | { readonly kind: 'right' }
  | {
      readonly kind: 'wrong';
      /** What went wrong, where that can be told. */
      readonly why: 'sign' | 'local' | 'upstream' | 'number' | 'shape' | 'entries';
    }
  | { readonly kind: 'unreadable'; readonly message: string };

/** What is asked: the number itself, or, for a tensor or one per example, its shape. */
export function asksFor({ gradient }: WireTrace): 'number' | 'shape' {
  return gradient?.shape.length === 0 && gradient.data.data.length === 1 ? 'number' : 'shape';
}

/**
 * Judges an answer about the gradient on a wire. A number may be typed as a decimal, a fraction or any
 * expression without variables; a shape as `3x4` or `[3, 4]`, with or without the examples in front; and a
 * tensor of few entries also as itself, `[2, 3; −1, 0]` or in nested lists.
 */
export function judgeAnswer(typed: string, traced: WireTrace): Verdict {
  if (!traced.gradient) throw new Error('No gradient flows on this wire.');
  if (asksFor(traced) === 'shape') return judgeShape(typed, traced, traced.gradient);
  const right = traced.gradient.data.data[0] ?? Number.NaN;
  const answer = readNumber(typed);
  if (typeof answer === 'string') return { kind: 'unreadable', message: answer };
  if (equals(answer, right)) return { kind: 'right' };
  const local = traced.local();
  const slope = local?.kind === 'elementwise' ? local.value.data.data[0] : undefined;
  const upstream = traced.upstream?.data.data[0];
  const is = (x: number | undefined) => x !== undefined && equals(answer, x);
  if (right !== 0 && equals(answer, -right)) return { kind: 'wrong', why: 'sign' };
  if (is(slope)) return { kind: 'wrong', why: 'local' };
  if (is(upstream)) return { kind: 'wrong', why: 'upstream' };
  return { kind: 'wrong', why: 'number' };
}

/**
 * Within 1 %, or what one gets by rounding to the decimals typed, as far as that is a fair rounding:
 * 0 is not 0.4, nor 1 a 0.6.
 */
function equals({ value: answer, digits }: TypedNumber, right: number): boolean {
  if (!Number.isFinite(right) || !Number.isFinite(answer)) return Object.is(answer, right);
  const off = Math.abs(answer - right);
  const size = Math.abs(right);
  if (size <= 1e-12) return Math.abs(answer) <= 1e-9;
  if (off <= 0.01 * size) return true;
  return digits !== undefined && off <= 0.5 * 10 ** -digits * (1 + 1e-9) && off <= 0.1 * size;
}

/** Tensors of so many entries may be typed themselves. */
const fewEntries = 6;

/** Whether the gradient on a wire is a tensor so small that it may be typed itself, instead of its shape. */
export function hasFewEntries({ gradient }: WireTrace): boolean {
  const entries = gradient?.data.data.length ?? 0;
  return entries > 1 && entries <= fewEntries;
}

function judgeShape(typed: string, traced: WireTrace, gradient: ArrayValue): Verdict {
  const text = typed.trim().toLowerCase();
  const scalar = text === 'scalar' || text === '[]';
  const shape = scalar || /^[[(]?\s*\d+(\s*[x×*,;\s]\s*\d+)*\s*,?\s*[\])]?$/.test(text);
  const answer = scalar ? '' : (text.match(/\d+/g) ?? []).map(Number).join('x');
  const shapes = [gradient.shape, gradient.data.shape].map((own) => own.join('x'));
  if (shape && shapes.includes(answer)) return { kind: 'right' };
  const verdict = hasFewEntries(traced) ? judgeTensor(text, gradient) : undefined;
  if (verdict && !(shape && verdict.kind === 'unreadable')) return verdict;
  if (!shape) return { kind: 'unreadable', message: 'A shape is written like 3x4 or [3, 4].' };
  return { kind: 'wrong', why: 'shape' };
}

/** Judges the tensor itself; undefined where no list was typed. */
function judgeTensor(text: string, { data, shape }: ArrayValue): Verdict | undefined {
  if (!text.startsWith('[')) return undefined;
  const answer = readTensor(text);
  if (typeof answer === 'string') return { kind: 'unreadable', message: answer };
  // A batch of one may be typed as that one example.
  const shapes = [data.shape, ...(sizeOf(shape) === data.data.length ? [shape] : [])];
  if (!shapes.some((own) => sameShape(own, answer.shape))) return { kind: 'wrong', why: 'shape' };
  const fits = (sign: number) =>
    answer.entries.every((entry, at) => equals(entry, sign * (data.data[at] ?? Number.NaN)));
  if (fits(1)) return { kind: 'right' };
  return { kind: 'wrong', why: fits(-1) ? 'sign' : 'entries' };
}
