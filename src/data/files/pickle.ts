import { DataError } from '../errors.ts';

/** An array of numpy's, as it was pickled. */
export class PickledArray {
  shape: readonly number[] = [];
  /** As numpy writes it: `|u1`, `<i8`. */
  type = '';
  isFortran = false;
  bytes: Uint8Array = new Uint8Array(0);
}

class PickledType {
  name: string;

  constructor(name: string) {
    this.name = name;
  }
}

class Name {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }
}

/** What a pickle can hold here. Texts and bytes are kept apart; numbers are those of JavaScript. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | PickledArray
  | PickledType
  | Name
  | Pickled[]
  | Map<Pickled, Pickled>;

const reconstruct = /^numpy\.(_core|core)\.multiarray\._reconstruct$/;
const fromBuffer = /^numpy\.(_core|core)\.numeric\._frombuffer$/;

/**
 * Reads a pickle of dictionaries, lists, texts, bytes, numbers and numpy arrays (protocols 1 to 5). It is taken for data and nothing else: nothing that it names is looked up or run. Throws `DataError`, naming
 * the file. Format: Python's pickletools.
 */
export function readPickle(bytes: Uint8Array, file: string): Pickled {
  try {
    return new Unpickler(bytes, file).run();
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError('damaged', `“${file}” is cut off, or no pickle.`);
  }
}

class Unpickler {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #file: string;
  readonly #stack: Pickled[] = [];
  /** Where the marked parts of the stack begin. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, Pickled>();
  #at = 0;

  constructor(bytes: Uint8Array, file: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#file = file;
  }

  run(): Pickled {
    for (;;) {
      const code = String.fromCharCode(this.#view.getUint8(this.#at++));
      if (code === '.') return this.#pop();
      this.#step(code);
    }
  }

  #step(code: string): void {
    const stack = this.#stack;
    switch (code) {
      case '\x80':
        this.#at++;
        return;
      case '\x95':
        this.#at += 8;
        return;
      case '(':
        this.#marks.push(stack.length);
        return;
      case '0':
        this.#pop();
        return;
      case 'N':
        stack.push(null);
        return;
      case '\x88':
      case '\x89':
        stack.push(code === '\x88');
        return;
      case 'K':
        stack.push(this.#number(1));
        return;
      case 'M':
        stack.push(this.#number(2));
        return;
      case 'J':
        stack.push(this.#view.getInt32(this.#pass(4), true));
        return;
      case '\x8a':
        stack.push(this.#long(this.#number(1)));
        return;
      case 'G':
        stack.push(this.#view.getFloat64(this.#pass(8)));
        return;
      case 'U':
      case 'C':
        stack.push(this.#take(this.#number(1)));
        return;
      case 'T':
      case 'B':
        stack.push(this.#take(this.#number(4)));
        return;
      case '\x8e':
      case '\x96':
        stack.push(this.#take(this.#number(8)));
        return;
      case 'X':
        stack.push(this.#text(this.#number(4)));
        return;
      case '\x8c':
        stack.push(this.#text(this.#number(1)));
        return;
      case '\x8d':
        stack.push(this.#text(this.#number(8)));
        return;
      case ']':
      case ')':
        stack.push([]);
        return;
      case '}':
        stack.push(new Map());
        return;
      case 't':
      case 'l':
        stack.push(this.#marked());
        return;
      case '\x85':
      case '\x86':
      case '\x87':
        stack.push(stack.splice(stack.length - (code.charCodeAt(0) - 0x84)));
        return;
      case 'a':
        this.#list(2).push(this.#pop());
        return;
      case 'e': {
        const items = this.#marked();
        const list = this.#list(1);
        for (const item of items) list.push(item);
        return;
      }
      case 's':
        this.#setItems(stack.splice(stack.length - 2));
        return;
      case 'u':
        this.#setItems(this.#marked());
        return;
      case 'q':
        this.#memo.set(this.#number(1), this.#top());
        return;
      case 'r':
        this.#memo.set(this.#number(4), this.#top());
        return;
      case '\x94':
        this.#memo.set(this.#memo.size, this.#top());
        return;
      case 'h':
        stack.push(this.#recall(this.#number(1)));
        return;
      case 'j':
        stack.push(this.#recall(this.#number(4)));
        return;
      case 'c':
        stack.push(new Name(`${this.#line()}.${this.#line()}`));
        return;
      case '\x93': {
        const name = this.#pop();
        stack.push(new Name(`${String(this.#pop())}.${String(name)}`));
        return;
      }
      case 'R': {
        const given = this.#pop();
        stack.push(this.#make(this.#pop(), Array.isArray(given) ? given : []));
        return;
      }
      case 'b': {
        const state = this.#pop();
        build(this.#top(), Array.isArray(state) ? state : []);
        return;
      }
      default:
        throw new DataError(
          'damaged',
          `“${this.#file}” is damaged, or no pickle: byte ${this.#at - 1} is none of its instructions.`,
        );
    }
  }

  /** What stands for a call. Only numpy's arrays and types are known, and bytes as Python 3 writes them for 2. */
  #make(name: Pickled, given: readonly Pickled[]): Pickled {
    const path = name instanceof Name ? name.path : '';
    if (reconstruct.test(path)) return new PickledArray();
    if (fromBuffer.test(path)) {
      const array = new PickledArray();
      const [bytes, type, shape, order] = given;
      build(array, [1, shape ?? null, type ?? null, textOf(order ?? '') === 'F', bytes ?? null]);
      return array;
    }
    if (path === 'numpy.dtype') return new PickledType(textOf(given[0] ?? ''));
    if (path === '_codecs.encode' && typeof given[0] === 'string') {
      return Uint8Array.from(given[0], (letter) => letter.charCodeAt(0));
    }
    throw new DataError(
      'unknown-format',
      `“${this.#file}” asks for ${path === '' ? 'a call' : `“${path}”`}, which is not among the data that are read from pickles.`,
    );
  }

  /** Goes on by so many bytes; where they begin. */
  #pass(bytes: number): number {
    this.#at += bytes;
    return this.#at - bytes;
  }

  #number(bytes: 1 | 2 | 4 | 8): number {
    const at = this.#pass(bytes);
    if (bytes === 1) return this.#view.getUint8(at);
    if (bytes === 2) return this.#view.getUint16(at, true);
    const low = this.#view.getUint32(at, true);
    return bytes === 4 ? low : low + 2 ** 32 * this.#view.getUint32(at + 4, true);
  }

  #take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new RangeError();
    const at = this.#pass(length);
    return this.#bytes.subarray(at, at + length);
  }

  #text(length: number): string {
    return new TextDecoder().decode(this.#take(length));
  }

  #line(): string {
    const end = this.#bytes.indexOf(10, this.#at);
    if (end < 0 || end - this.#at > 1000) throw new RangeError();
    const text = this.#text(end - this.#at);
    this.#at++;
    return text;
  }

  /** Little-endian, two's complement. */
  #long(length: number): number {
    const bytes = this.#take(length);
    let value = 0;
    for (let at = length - 1; at >= 0; at--) value = value * 256 + (bytes[at] ?? 0);
    return (bytes[length - 1] ?? 0) & 0x80 ? value - 256 ** length : value;
  }

  #pop(): Pickled {
    const top = this.#stack.pop();
    if (top === undefined) throw new RangeError();
    return top;
  }

  #top(): Pickled {
    const top = this.#stack.at(-1);
    if (top === undefined) throw new RangeError();
    return top;
  }

  #marked(): Pickled[] {
    const mark = this.#marks.pop();
    if (mark === undefined || mark > this.#stack.length) throw new RangeError();
    return this.#stack.splice(mark);
  }

  #list(below: number): Pickled[] {
    const list = this.#stack.at(-below);
    if (!Array.isArray(list)) throw new RangeError();
    return list;
  }

  #setItems(items: readonly Pickled[]): void {
    const into = this.#top();
    if (!(into instanceof Map) || items.length % 2 === 1) throw new RangeError();
    for (let at = 0; at < items.length; at += 2) {
      into.set(items[at] ?? null, items[at + 1] ?? null);
    }
  }

  #recall(key: number): Pickled {
    const known = this.#memo.get(key);
    if (known === undefined) throw new RangeError();
    return known;
  }
}

/** The state of an array is (version, shape, type, isFortran, bytes), that of a type begins (version, order). */
function build(into: Pickled, state: readonly Pickled[]): void {
  if (into instanceof PickledArray) {
    const [, shape, type, isFortran, bytes] = state;
    if (!(bytes instanceof Uint8Array) || !Array.isArray(shape)) throw new RangeError();
    into.shape = shape.map(Number);
    into.type = type instanceof PickledType ? type.name : '';
    into.isFortran = isFortran === true;
    into.bytes = bytes;
  } else if (into instanceof PickledType) {
    const order = textOf(state[1] ?? '');
    into.name = (order === '' ? '' : order) + into.name;
  } else throw new RangeError();
}

/** Python 2 knows no difference between texts and bytes. */
export function textOf(value: Pickled): string {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return typeof value === 'string' ? value : '';
}
