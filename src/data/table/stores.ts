/** Numbers per piece of a column. */
const pieceLength = 1 << 16;

/** A column that grows without being copied, four bytes a number. */
export class NumberStore {
  #pieces: Float32Array[] = [];

  set(row: number, value: number): void {
    const piece = Math.floor(row / pieceLength);
    this.#pieces[piece] ??= new Float32Array(pieceLength);
    (this.#pieces[piece] as Float32Array)[row % pieceLength] = value;
  }

  /** Writes all into every `stride`th place from `start` on, and lets go of them as they are written. */
  moveTo(into: Float32Array, count: number, start: number, stride: number): void {
    for (let from = 0; from < count; from += pieceLength) {
      const piece = this.#pieces.shift() ?? new Float32Array(0);
      const end = Math.min(pieceLength, count - from);
      for (let at = 0; at < end; at++) into[start + (from + at) * stride] = piece[at] as number;
    }
  }
}

/** The texts of a column, each once. The parts of a data set share it, so that a text means the same in all. */
export class Dictionary {
  readonly #codes = new Map<string, number>();

  /** The number of a text, by order of appearance. */
  code(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#codes.size;
    this.#codes.set(text, code);
    return code;
  }

  get size(): number {
    return this.#codes.size;
  }

  /** The texts in their order, and for each code its place there. */
  ordered(): { readonly texts: readonly string[]; readonly places: Uint16Array } {
    const texts = inOrder([...this.#codes.keys()]);
    const place = new Map(texts.map((text, at) => [text, at]));
    const places = Uint16Array.from(this.#codes.keys(), (text) => place.get(text) ?? 0);
    return { texts, places };
  }
}

/** Whole numbers by size, with those between them that do not occur; other texts by alphabet. */
function inOrder(texts: readonly string[]): readonly string[] {
  const numbers = texts.map(Number);
  if (texts.includes('') || !numbers.every(Number.isFinite)) return texts.toSorted(byAlphabet);
  const ascending = texts.toSorted((a, b) => Number(a) - Number(b));
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)];
  const isRange =
    texts.every((text) => /^\d+$/.test(text)) && lowest <= 1 && highest < 2 * texts.length;
  if (!isRange || new Set(numbers).size < texts.length) return ascending;
  return Array.from({ length: highest - lowest + 1 }, (_, at) => String(lowest + at));
}

const byAlphabet = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
