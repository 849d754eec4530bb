import { describe, expect, it } from 'vitest';
import { type Operation, PortGradients } from '#ops';
import { Float64Ops, type NdArray, seededRandom, type Value, ValueOps } from '#tensor';
import type { Program } from '../../src/train/program.ts';
import { RecordingOps, type Ref } from '../../src/train/recorder.ts';
import { relativeDifference } from '../support/goldens.ts';
import {
  type Application,
  analytic,
  computing,
  mustBeShared,
  sampleOf,
  variation,
} from '../support/operations.ts';

/** Output and gradients of a rule that was first written down, then run. */
function recorded(operation: Operation, { attrs, inputs }: Application, upstream: NdArray) {
  const recorder = new RecordingOps();
  const o = new ValueOps(recorder);
  const refs: Record<string, Value<Ref>> = {};
  const given = new Map<string, NdArray>([['upstream', upstream]]);
  for (const [port, value] of Object.entries(inputs)) {
    refs[port] = { ...value, data: recorder.input(port, value.data.shape) };
    given.set(port, value.data);
  }
  const output = operation.forward(o, refs, attrs);
  const above = { ...output, data: recorder.input('upstream', upstream.shape) };
  const passed = new PortGradients(operation, o, { inputs: refs, output, upstream: above, attrs });
  const outputs = new Map([['output', output.data]]);
  for (const port of Object.keys(refs)) {
    const gradient = passed.gradient(port);
    if (gradient) outputs.set(port, gradient.data);
  }
  return run(recorder.program(outputs), given);
}

function run(program: Program, given: ReadonlyMap<string, NdArray>): Map<string, NdArray> {
  const engine = new Float64Ops();
  const slots = new Map<number, NdArray>();
  const at = (slot: number): NdArray => {
    const found = slots.get(slot);
    if (!found) throw new Error(`slot ${slot} is empty`);
    return found;
  };
  for (const { name, slot } of program.inputs) {
    const array = given.get(name);
    if (array) slots.set(slot, array);
  }
  for (const { slot, array } of program.constants) slots.set(slot, array);
  for (const { primitive, inputs, output } of program.instructions) {
    slots.set(output, engine.apply(primitive, inputs.map(at)));
  }
  return new Map(program.outputs.map(({ name, slot }) => [name, at(slot)]));
}

describe('every rule can be written down without numbers and run later, as training does', () => {
  it.each(computing.map((operation) => ({ id: operation.id, operation })))(
    '$id',
    ({ operation }) => {
      const random = seededRandom(5, operation.id);
      const batch = variation(
        operation,
        3,
        (port) => !mustBeShared(operation, port),
        () => random.uniform(),
      );
      for (const application of [sampleOf(operation), batch]) {
        const { output, upstream, gradients } = analytic(operation, application);
        const results = recorded(operation, application, upstream.data);
        const wanted = new Map([['output', output], ...gradients]);
        for (const [name, value] of wanted) {
          const found = results.get(name);
          if (!value) continue;
          if (!found) throw new Error(`${name} was not recorded`);
          expect(found.shape, name).toEqual(value.data.shape);
          expect(relativeDifference(found, value.data), name).toBeLessThan(1e-12);
        }
      }
    },
  );
});
