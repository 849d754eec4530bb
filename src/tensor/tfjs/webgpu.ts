import { backend as currentBackend, setBackend } from '@tensorflow/tfjs-core';
import type { EngineDevice } from '../engine.ts';
import { type Gpu, GpuOps, gpuDevice } from './gpu-ops.ts';
import { Kernels } from './kernels.ts';

/** What we use of WebGPU; https://www.w3.org/TR/webgpu/ has the whole. */
interface Adapter {
  readonly info: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly isFallbackAdapter?: boolean;
  };
}

interface Device {
  readonly lost: Promise<{ readonly message: string }>;
  pushErrorScope(filter: 'out-of-memory' | 'validation' | 'internal'): void;
  popErrorScope(): Promise<{ readonly message: string } | null>;
}

interface Access {
  requestAdapter(wish: { readonly powerPreference: string }): Promise<Adapter | null>;
}

/** Throws where there is no WebGPU. */
export async function startWebgpu(): Promise<GpuOps> {
  const { navigator } = globalThis as { readonly navigator?: { readonly gpu?: Access } };
  // The same wish as that of the backend, which keeps its adapter to itself.
  const adapter = await navigator?.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('there is no GPU that WebGPU can use');
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await setBackend('webgpu'))) throw new Error('the GPU gives no device');
  const backend = currentBackend();
  const { device } = backend as typeof backend & { readonly device: Device };
  return new GpuOps(new Kernels('webgpu', backend), watched(device, described(adapter)));
}

function described({ info }: Adapter): EngineDevice {
  const { description, vendor, architecture, isFallbackAdapter = false } = info;
  const named = gpuDevice(description || [vendor, architecture].filter(Boolean).join(' '));
  return { ...named, software: named.software || isFallbackAdapter };
}

const kinds = ['out-of-memory', 'validation', 'internal'] as const;

function watched(gpu: Device, device: EngineDevice): Gpu {
  // Errors are collected in scopes: one that nobody asks for comes as an event, any time later.
  const open = () => {
    for (const kind of kinds) gpu.pushErrorScope(kind);
  };
  open();
  return {
    device,
    onLost: (tell) => {
      gpu.lost.then(({ message }) => tell(message || 'it was lost'));
    },
    fault: async () => {
      const answers = kinds.map(() => gpu.popErrorScope());
      open();
      const found = await Promise.all(answers);
      return found.find((error) => error !== null)?.message;
    },
  };
}
