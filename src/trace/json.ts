import type { Local } from '#ops';
import type { ArrayValue, NdArray } from '#tensor';
import type { Trace } from './trace.ts';

type Json = number | string | null | readonly Json[];

/**
 * A trace as the command line prints it: nested arrays, a batched value's batch axis first; a
 * constant's gradient is null; `local` is null where it is neither a number nor an elementwise tensor.
 * Parts that could not be computed are left out.
 */
export function traceToJson({ nodes, wires, loss }: Trace): Record<string, unknown> {
  return {
    loss: loss === undefined ? null : number(loss),
    nodes: Object.fromEntries(
      [...nodes].map(([id, { value, gradient }]) => [
        id,
        { ...optional('value', value), ...optional('gradient', gradient) },
      ]),
    ),
    wires: Object.fromEntries(
      [...wires].map(([id, wire]) => [
        id,
        {
          ...optional('value', wire.value),
          ...optional('upstream', wire.upstream),
          ...(wire.upstream ? { local: localJson(wire.local()) } : {}),
          ...optional('gradient', wire.gradient),
        },
      ]),
    ),
  };
}

function optional(key: string, value: ArrayValue | null | undefined): Record<string, Json> {
  if (value === undefined) return {};
  return { [key]: value === null ? null : nested(value.data) };
}

function localJson(local: Local<NdArray> | null): Json {
  return local?.kind === 'elementwise' ? nested(local.value.data) : null;
}

function nested({ shape, data }: NdArray): Json {
  let next = 0;
  const write = (axis: number): Json => {
    const length = shape[axis];
    if (length === undefined) return number(data[next++] ?? 0);
    return Array.from({ length }, () => write(axis + 1));
  };
  return write(0);
}

/** Full double precision; JSON has no word for infinities and NaN. */
function number(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
