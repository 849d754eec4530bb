import type { RunHost } from '#train';

/** What a run needs of the page or worker that the trainer lives in. */
export function createRunHost(): RunHost {
  // A timer would wait 4 ms at least; a message to oneself has its turn right after those that wait.
  const { port1, port2 } = new MessageChannel();
  let wake: (() => void) | undefined;
  port1.onmessage = () => wake?.();
  return {
    wasmFolder: wasmFolder(),
    // One core stays the editor's: the backend's threads wait by spinning, and its frames would suffer.
    threads: Math.max(1, navigator.hardwareConcurrency - 1),
    now: () => performance.now(),
    rest: () =>
      new Promise((resolve) => {
        wake = resolve;
        port2.postMessage(null);
      }),
  };
}

/** The build puts the binaries beside the pages; a worker's own file lies one folder deeper. */
function wasmFolder(): string {
  const isWorker = typeof document === 'undefined';
  return new URL(isWorker ? '../wasm/' : './wasm/', self.location.href).href;
}
