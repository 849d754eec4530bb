import type { NdArray, Shape } from '#tensor';
import { examplesIn, sharesOfExamples } from './expr.ts';

const keywords = new Set(
  'False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass print raise return try type while with yield'.split(
    ' ',
  ),
);

const greek: Readonly<Record<string, string>> = Object.fromEntries(
  'α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lam μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega'
    .split(' ')
    .reduce<[string, string][]>((pairs, word, at, all) => {
      if (at % 2 === 0) pairs.push([word, all[at + 1] ?? word]);
      return pairs;
    }, []),
);

/** Names in Python for whatever a person called things: letters, digits and _, no keyword, none twice. */
export class Identifiers {
  readonly #taken: Set<string>;

  /** @param reserved names that the code around has for itself */
  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  fresh(wanted: string): string {
    const base = identifier(wanted);
    let name = base;
    for (let count = 2; this.#taken.has(name) || keywords.has(name); count++) {
      name = `${base}_${count}`;
    }
    this.#taken.add(name);
    return name;
  }

  has(name: string): boolean {
    return this.#taken.has(name) || keywords.has(name);
  }
}

function identifier(wanted: string): string {
  const letters = [...wanted.normalize('NFKD')]
    .map((letter) => greek[letter] ?? letter)
    .join('')
    .replaceAll(/\u0302/g, '_hat')
    .replaceAll(/[\u0304\u0305]/g, '_bar')
    .replaceAll(/[′']/g, '_prime')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9_]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 40);
  if (letters === '') return 'node';
  return /^\d/.test(letters) ? `n${letters}` : letters;
}

/** A comment of one line. */
export function comment(text: string): string {
  return `# ${text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()}`;
}

/** A string of Python, in printable ASCII. */
export function pythonString(text: string): string {
  const escaped = [...text].map((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    if (letter === '"' || letter === '\\') return `\\${letter}`;
    if (code >= 0x20 && code < 0x7f) return letter;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

/** A number that Python reads as the very same float. */
export function pythonNumber(x: number): string {
  if (Number.isNaN(x)) return 'float("nan")';
  if (!Number.isFinite(x)) return x > 0 ? 'float("inf")' : 'float("-inf")';
  const times = examplesIn(Math.abs(x));
  if (times > 0) return `${x < 0 ? '-' : ''}${times === 1 ? 'N' : `(${times} * N)`}`;
  const shares = sharesOfExamples(x);
  if (shares !== 0) return shares === 1 ? '(1 / N)' : `(${pythonNumber(shares)} / N)`;
  if (Object.is(x, -0)) return '-0.0';
  const text = String(x);
  return /^-?\d+$/.test(text) && Math.abs(x) < 1e15 ? `${text}.0` : text.replace('e+', 'e');
}

/** One length of a shape; `N` is the number of examples. */
export function pythonLength(length: number): string {
  const times = examplesIn(length);
  if (times === 0) return String(length);
  return times === 1 ? 'N' : `${times} * N`;
}

/** `(N, 3)`. */
export function pythonShape(shape: Shape): string {
  const lengths = shape.map(pythonLength);
  return lengths.length === 1 ? `(${lengths[0]},)` : `(${lengths.join(', ')})`;
}

/** `[[1, 2], [3, 4]]` in full precision. */
export function pythonNested({ shape, data }: NdArray): string {
  let next = 0;
  const write = (axis: number): string => {
    const length = shape[axis];
    if (length === undefined) return pythonNumber(data[next++] ?? 0);
    return `[${Array.from({ length }, () => write(axis + 1)).join(', ')}]`;
  };
  return write(0);
}

/** The numbers as base64 of little-endian float64, for arrays that nobody would read. */
export function base64Of({ data }: NdArray): string {
  const bytes = new Uint8Array(8 * data.length);
  const view = new DataView(bytes.buffer);
  data.forEach((x, at) => {
    view.setFloat64(8 * at, x, true);
  });
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x2000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  }
  return btoa(text);
}
