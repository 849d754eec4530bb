/** The parts of ConvNetJS that the bench uses; the package has no types of its own. */
declare module 'convnetjs' {
  class Vol {
    constructor(width: number, height: number, depth: number, fill: number);
    readonly w: Float64Array;
  }
  class Net {
    makeLayers(layers: readonly object[]): void;
  }
  class Trainer {
    constructor(net: Net, options: object);
    train(x: Vol, label: number): { readonly cost_loss: number };
  }
  const convnetjs: { Vol: typeof Vol; Net: typeof Net; Trainer: typeof Trainer };
  export default convnetjs;
}
