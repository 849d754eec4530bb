// As much of WebAssembly as we use, for where the DOM's types are not: the core, Node.
declare namespace WebAssembly {
  class Memory {
    private constructor();
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
  }
  class Module {
    constructor(code: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: object;
  }
}
