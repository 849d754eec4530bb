/**
 * A run's checkpoint: all that it takes to go on to the last bit. As bytes it is
 *
 *     16 bytes   "gradwire-state 1"
 *      4 bytes   length of the header, little-endian
 *      4 bytes   checksum of all that follows
 *     header     JSON, filled up with spaces to a multiple of 8
 *     tensors    one behind the other, little-endian, each filled up to a multiple of 8
 *
 * Random numbers need no state: masks, order and augmentation follow from seed, epoch and step.
 */
import { z } from 'zod';
import { type Shape, sizeOf } from '#tensor';
import { TrainingError } from './errors.ts';
import { progressSchema, settingsSchema } from './protocol.ts';

/** A tensor outside of an engine, in the engine's own precision. */
export interface StoredTensor {
  readonly shape: Shape;
  readonly data: Float32Array | Float64Array;
}

export type StoredTensors = ReadonlyMap<string, StoredTensor>;

const meterSchema = z.strictObject({
  steps: z.int(),
  examples: z.int(),
  loss: z.number(),
  right: z.number().nullable(),
});
const watchSchema = z.strictObject({ best: z.number().nullable(), stale: z.int() }).nullable();

const headerSchema = z.strictObject({
  engine: z.string(),
  settings: settingsSchema,
  /** As it was set last, which may have been in flight. */
  learningRate: z.number(),
  /** What the graph computes, and on which data; see `marks.ts`. */
  graph: z.string(),
  data: z.string(),
  /** The epoch under way, and how many of its mini-batches are done. */
  epoch: z.int().min(1),
  batch: z.int().min(0),
  /** Steps that are done, as the run and as the optimizer counts them. */
  step: z.int().min(0),
  optimizerSteps: z.int().min(0),
  examples: z.int().min(0),
  seconds: z.number().min(0),
  /** What was added up since the last point of the curve, and since the epoch began. */
  point: meterSchema,
  trained: meterSchema,
  epochs: z.strictObject({ plateaus: z.int(), plateau: watchSchema, stopping: watchSchema }),
  last: progressSchema.nullable(),
  /** The report of the best epoch, whose parameters are among the tensors. */
  best: progressSchema.nullable(),
});

const storedSchema = z.strictObject({
  ...headerSchema.shape,
  tensors: z.array(
    z.strictObject({
      of: z.enum(['state', 'best']),
      name: z.string(),
      shape: z.array(z.int().min(0)),
      bits: z.union([z.literal(32), z.literal(64)]),
    }),
  ),
});

export type CheckpointHeader = Readonly<z.output<typeof headerSchema>>;

export interface Checkpoint extends CheckpointHeader {
  /** Parameters, optimizer state and running averages, by the programs' names. */
  readonly state: StoredTensors;
  /** Parameters and running averages of the best epoch. */
  readonly bestState: StoredTensors;
}

const magic = 'gradwire-state 1';
const start = magic.length + 8;
const padded = (length: number) => Math.ceil(length / 8) * 8;

/** As bytes that may be kept and travel. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { state, bestState, ...header } = checkpoint;
  const tensors = [
    ...[...state].map(([name, tensor]) => ({ of: 'state', name, tensor })),
    ...[...bestState].map(([name, tensor]) => ({ of: 'best', name, tensor })),
  ];
  const listed = tensors.map(({ of, name, tensor: { shape, data } }) => ({
    of,
    name,
    shape,
    bits: 8 * data.BYTES_PER_ELEMENT,
  }));
  const text = new TextEncoder().encode(JSON.stringify({ ...header, tensors: listed }, finite));
  const length = padded(text.length);
  const size = tensors.reduce((sum, { tensor }) => sum + padded(tensor.data.byteLength), 0);
  const bytes = new Uint8Array(start + length + size);
  bytes.set(new TextEncoder().encode(magic));
  bytes.fill(0x20, start, start + length);
  bytes.set(text, start);
  let at = start + length;
  for (const { tensor } of tensors) {
    const { buffer, byteOffset, byteLength } = tensor.data;
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += padded(byteLength);
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(magic.length, length, true);
  view.setUint32(magic.length + 4, checksum(bytes), true);
  return bytes;
}

/** Throws `TrainingError` where the bytes are no checkpoint, a newer program's, or damaged. */
export function decodeCheckpoint(given: Uint8Array): Checkpoint {
  // Aligned, so that tensors can be seen in it as they are.
  const bytes = given.slice();
  const name = new TextDecoder().decode(bytes.subarray(0, magic.length));
  if (name !== magic) {
    const ours = name.startsWith(magic.slice(0, -1));
    throw refused(
      ours ? 'it is from a newer version of Gradwire' : 'it is no checkpoint of Gradwire',
    );
  }
  const damaged = refused('it is damaged or incomplete');
  if (bytes.length < start || bytes.length % 8 > 0) throw damaged;
  const view = new DataView(bytes.buffer);
  const length = view.getUint32(magic.length, true);
  if (view.getUint32(magic.length + 4, true) !== checksum(bytes)) throw damaged;
  const parsed = storedSchema.safeParse(parseJson(bytes.subarray(start, start + length)));
  if (!parsed.success) throw damaged;
  const { tensors, ...header } = parsed.data;
  const found = { state: new Map<string, StoredTensor>(), best: new Map<string, StoredTensor>() };
  let at = start + length;
  for (const { of, name: tensor, shape, bits } of tensors) {
    const size = sizeOf(shape);
    if (at + padded((size * bits) / 8) > bytes.length) throw damaged;
    const data =
      bits === 32
        ? new Float32Array(bytes.buffer, at, size)
        : new Float64Array(bytes.buffer, at, size);
    found[of].set(tensor, { shape, data });
    at += padded(data.byteLength);
  }
  return { ...header, state: found.state, bestState: found.best };
}

/** What is not finite is left out: JSON has no word for it, and a loss may be absent. */
const finite = (_: string, value: unknown) =>
  typeof value === 'number' && !Number.isFinite(value) ? undefined : value;

function refused(why: string): TrainingError {
  return new TrainingError('bad-checkpoint', `The checkpoint cannot be used: ${why}.`);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** FNV-1a, word by word, of all that follows it. */
function checksum(bytes: Uint8Array<ArrayBuffer>): number {
  const words = new Uint32Array(bytes.buffer, start);
  let result = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) {
    result = Math.imul(result ^ (words[at] as number), 0x01000193);
  }
  return result >>> 0;
}
