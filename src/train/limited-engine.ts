import type { Linked, Prepared, Primitive, Shape, TensorEngine } from '#tensor';

/** That an engine's time was over. */
export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/** The engine, until `isOver`: whatever it is to compute from then on throws `TimeIsUp`. */
export function limitedEngine<T>(engine: TensorEngine<T>, isOver: () => boolean): TensorEngine<T> {
  const check = () => {
    if (isOver()) throw new TimeIsUp();
  };
  const prepare = (primitive: Primitive, shapes: readonly Shape[]): Prepared<T> | undefined => {
    const prepared = engine.prepare?.(primitive, shapes);
    if (!prepared) return undefined;
    return {
      apply: (inputs) => {
        check();
        return prepared.apply(inputs);
      },
    };
  };
  const link = (...program: Parameters<NonNullable<TensorEngine<T>['link']>>) => {
    const linked = engine.link?.(...program);
    if (!linked) return undefined;
    const limited: Linked<T> = {
      run: (places) => {
        check();
        linked.run(places);
      },
    };
    return limited;
  };
  const later = engine.readLater?.bind(engine);
  return {
    name: engine.name,
    ...(engine.device ? { device: engine.device } : {}),
    constant: (array) => engine.constant(array),
    shape: (tensor) => engine.shape(tensor),
    apply: (primitive, inputs) => {
      check();
      return engine.apply(primitive, inputs);
    },
    prepare,
    link,
    upload: (shape, data) => engine.upload(shape, data),
    read: (tensor) => engine.read(tensor),
    ...(later ? { readLater: later } : {}),
    release: (tensor) => engine.release(tensor),
    held: () => engine.held(),
  };
}
