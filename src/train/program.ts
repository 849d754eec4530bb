import type { NdArray, Primitive, Shape } from '#tensor';

/** A place that holds one tensor while a program runs. */
export type Slot = number;

export interface Instruction {
  readonly primitive: Primitive;
  readonly inputs: readonly Slot[];
  readonly output: Slot;
  /** Tensors that nobody reads after this instruction. */
  readonly frees: readonly Slot[];
}

/**
 * A flat list of primitives: what is left of a graph when it only has to be computed. Inputs and
 * outputs go by name; an output is always a tensor of its own, never an input or a constant.
 */
export interface Program {
  readonly inputs: readonly { readonly name: string; readonly slot: Slot; readonly shape: Shape }[];
  readonly constants: readonly { readonly slot: Slot; readonly array: NdArray }[];
  readonly instructions: readonly Instruction[];
  readonly outputs: readonly { readonly name: string; readonly slot: Slot }[];
  /** How many slots there are. */
  readonly size: number;
}
