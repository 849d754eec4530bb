import { backend as currentBackend, env, setBackend } from '@tensorflow/tfjs-core';
import { type Gpu, GpuOps, gpuDevice } from './gpu-ops.ts';
import { Kernels } from './kernels.ts';

/** What we use of WebGL 2. */
interface Context {
  readonly RENDERER: number;
  readonly NO_ERROR: number;
  readonly OUT_OF_MEMORY: number;
  readonly canvas: { addEventListener(type: 'webglcontextlost', listener: () => void): void };
  getError(): number;
  isContextLost(): boolean;
  getExtension(name: 'WEBGL_debug_renderer_info'): {
    readonly UNMASKED_RENDERER_WEBGL: number;
  } | null;
  getParameter(name: number): unknown;
}

/** Throws where there is no WebGL 2, or none that computes with 32 bits. */
export async function startWebgl(): Promise<GpuOps> {
  if (!('OffscreenCanvas' in globalThis)) throw new Error('there is no WebGL');
  await import('@tensorflow/tfjs-backend-webgl');
  // Not to use it, but to be able to say what it is.
  env().set('SOFTWARE_WEBGL_ENABLED', true);
  if (env().getNumber('WEBGL_VERSION') !== 2) throw new Error('there is no WebGL 2');
  if (!(await setBackend('webgl'))) throw new Error('there is no WebGL 2');
  // Halves carry three digits and end at 65504: too little to train with.
  if (!env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    throw new Error(
      'this GPU computes with 16-bit numbers only, which are too coarse to train with',
    );
  }
  const backend = currentBackend();
  const { gpgpu } = backend as typeof backend & { readonly gpgpu: { readonly gl: Context } };
  return new GpuOps(new Kernels('webgl', backend), watched(gpgpu.gl));
}

function watched(gl: Context): Gpu {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  return {
    device: gpuDevice(String(renderer)),
    onLost: (tell) => gl.canvas.addEventListener('webglcontextlost', () => tell('it was lost')),
    fault: async () => {
      const error = gl.getError();
      if (gl.isContextLost()) return 'it was lost';
      if (error === gl.NO_ERROR) return undefined;
      return error === gl.OUT_OF_MEMORY ? 'it has no memory left' : `WebGL error ${error}`;
    },
  };
}
