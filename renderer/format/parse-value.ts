import { fromNested, type NdArray, type Nested, TensorError } from '#tensor';

export type ParsedValue =
  | { readonly kind: 'value'; readonly array: NdArray }
  /** The field was emptied: no value any more. */
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly why: 'not-a-number' | 'not-closed' | 'ragged' };

/**
 * Reads what a person types as a value: a number (`2`, `−0.5`, `1e-3`, `1/3`) or nested lists of
 * numbers (`[1, 2, 3]`, `[[1, 2], [3, 4]]`).
 */
export function parseValue(text: string): ParsedValue {
  const plain = text.replaceAll('−', '-').trim();
  if (plain === '') return { kind: 'none' };
  const open = plain.split('[').length;
  const closed = plain.split(']').length;
  if (open !== closed) return { kind: 'problem', why: 'not-closed' };
  const nested = plain.startsWith('[') ? readList(plain) : readNumber(plain);
  if (nested === undefined) return { kind: 'problem', why: 'not-a-number' };
  try {
    return { kind: 'value', array: fromNested(nested) };
  } catch (error) {
    if (error instanceof TensorError) return { kind: 'problem', why: 'ragged' };
    throw error;
  }
}

/** A number, or two of them as a fraction; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const [top, bottom, ...rest] = text.split('/').map((part) => part.trim());
  if (rest.length > 0 || !top) return undefined;
  const number = toNumber(top);
  if (bottom === undefined) return number;
  const divisor = toNumber(bottom);
  return number === undefined || !divisor ? undefined : number / divisor;
}

function toNumber(text: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A bracketed list, whose entries are lists or numbers, with commas or spaces between them. */
function readList(text: string): Nested | undefined {
  const tokens = text.match(/\[|\]|,|[^[\],\s]+/g) ?? [];
  let next = 0;
  const read = (): Nested | undefined => {
    const token = tokens[next++];
    if (token !== '[') return token === undefined ? undefined : readNumber(token);
    const entries: Nested[] = [];
    while (tokens[next] !== ']') {
      if (next >= tokens.length) return undefined;
      if (tokens[next] === ',') {
        next++;
        continue;
      }
      const entry = read();
      if (entry === undefined) return undefined;
      entries.push(entry);
    }
    next++;
    return entries;
  };
  const list = read();
  return next === tokens.length ? list : undefined;
}
