import type { EngineFigure } from '#train';

/** What the training workspace says about engines. */
export const engines = {
  label: 'Engines',
  engine: 'Engine',
  step: 'ms',
  stepHint: 'Milliseconds of a training step',
  on: 'On',
  chosen: 'at work',
  magnified:
    'This graph magnifies roundings: 32 bits allow no better. The engine “float64” is exact; data scaled to mean 0 and spread 1 often help.',
  names: {
    webgpu: 'WebGPU',
    webgl: 'WebGL',
    wasm: 'WebAssembly',
    cpu: 'JavaScript',
    js: 'float64',
  } satisfies Record<EngineFigure['engine'], string>,
  states: {
    ready: '',
    absent: 'not here',
    software: 'software',
    slow: 'too slow',
    inexact: 'inexact',
    failed: 'failed',
  } satisfies Record<EngineFigure['state'], string>,
};
