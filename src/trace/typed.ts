import { ExpressionError, expressionValue, parseExpression } from '#ops';
import type { Shape } from '#tensor';

/** A number as it was typed. */
export interface TypedNumber {
  readonly value: number;
  /** Decimals it was typed with; undefined for an expression. */
  readonly digits: number | undefined;
}

/** A tensor as it was typed: its entries row-major. */
export interface TypedTensor {
  readonly shape: Shape;
  readonly entries: readonly TypedNumber[];
}

/** Reads a decimal, a fraction, or any expression without variables; or says why it cannot be read. */
export function readNumber(typed: string): TypedNumber | string {
  const text = plain(typed);
  const value = read(text);
  if (typeof value === 'string') return value;
  return { value, digits: /^[+-]?\d*\.?(\d*)$/.exec(text)?.[1]?.length };
}

/** Reads `[2, 3; −1, 0]` or nested lists, with a number or an expression for each entry; or says why not. */
export function readTensor(typed: string): TypedTensor | string {
  const text = typed.trim();
  if (!isList(text)) {
    const number = readNumber(text);
    return typeof number === 'string' ? number : { shape: [], entries: [number] };
  }
  const inner = text.slice(1, -1);
  const rows = split(inner, ';');
  return stack(rows.length > 1 ? rows.map((row) => `[${row}]`) : split(inner, ','));
}

function stack(parts: readonly string[]): TypedTensor | string {
  const entries: TypedNumber[] = [];
  let inside: Shape | undefined;
  for (const part of parts) {
    const read = readTensor(part);
    if (typeof read === 'string') return read;
    inside ??= read.shape;
    if (inside.join() !== read.shape.join()) return 'The rows do not all have the same length.';
    entries.push(...read.entries);
  }
  return { shape: [parts.length, ...(inside ?? [])], entries };
}

/** Whether one pair of brackets holds everything. */
function isList(text: string): boolean {
  let depth = 0;
  const closes = [...text].findIndex((character) => {
    if (character === '[') depth++;
    if (character === ']') depth--;
    return depth === 0;
  });
  return text.startsWith('[') && closes === text.length - 1;
}

/** Splits at a separator, wherever it stands in no brackets. */
function split(text: string, separator: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '(') depth++;
    if (character === ']' || character === ')') depth--;
    if (character === separator && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${character}`);
  }
  return parts;
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
