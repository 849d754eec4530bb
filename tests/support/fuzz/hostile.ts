import fc from 'fast-check';

/** Names that mean something to JavaScript itself, and values that break what is careless. */
const nasty = fc.constantFrom<unknown>(
  '__proto__',
  'constructor',
  'toString',
  null,
  true,
  -1,
  0.5,
  1e9,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  'NaN',
  'Infinity',
  '<script>throw 1</script>',
  '\u0000\ud800',
  [],
  {},
  [1e9, 1e9],
  [[[[[[[[[[1]]]]]]]]]],
  { __proto__: null, polluted: 1 },
  'x'.repeat(5_000),
);

/** Anything that JSON can hold, and more of what breaks things. */
export const value = fc.oneof({ weight: 3, arbitrary: nasty }, fc.jsonValue({ maxDepth: 4 }));

/** One change to a tree of objects: where (a choice of key at each depth), and what. */
export interface Change {
  readonly way: readonly number[];
  readonly kind: string;
  readonly value: unknown;
}

/** Some changes: parts, at any depth, that are replaced, taken away, repeated or renamed. */
export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    way: fc.array(fc.nat(), { minLength: 1, maxLength: 7 }),
    kind: fc.constantFrom('replace', 'remove', 'repeat', 'rename'),
    value,
  }),
  { minLength: 1, maxLength: 5 },
);

/** Makes a change in place, with a value of its own, so that a later change does not reach another input. */
export function mutate(tree: unknown, { way, kind, value: by }: Change): void {
  let at = tree;
  for (const [step, choice] of way.entries()) {
    if (typeof at !== 'object' || at === null) return;
    const holder = at as Record<string, unknown>;
    const keys = Object.keys(holder);
    const key = keys[choice % Math.max(keys.length, 1)];
    if (key === undefined) return;
    const next = holder[key];
    const isLeaf = typeof next !== 'object' || next === null || ArrayBuffer.isView(next);
    if (step < way.length - 1 && !isLeaf) {
      at = next;
      continue;
    }
    if (kind === 'remove') delete holder[key];
    else if (kind === 'repeat' && Array.isArray(holder)) holder.push(next, next);
    else if (kind === 'rename' && typeof by === 'string') define(holder, by, next);
    else define(holder, key, structuredClone(by));
    return;
  }
}

/** Not by assignment: that would set a prototype. */
function define(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
