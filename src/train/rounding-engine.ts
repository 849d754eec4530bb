import { Float64Engine, type NdArray, type Primitive } from '#tensor';

/** The exact engine, with every result rounded to float32: the best that an engine of 32 bits can do. */
export class RoundingEngine extends Float64Engine {
  override apply(primitive: Primitive, inputs: readonly NdArray[]): NdArray {
    const { shape, data } = super.apply(primitive, inputs);
    return { shape, data: data.map(Math.fround) };
  }

  override prepare(): undefined {
    return undefined;
  }

  override link(): undefined {
    return undefined;
  }
}
