/** What the web host and its trainer's worker say to each other before the port takes over. */

/** From the page, with the worker's end of the channel. */
export interface WorkerOrder {
  readonly type: 'gradwire:port';
  /** Name of the lock that the worker holds as long as it lives. */
  readonly lock: string;
}

/** From the worker: the lock is held and the port is served. */
export interface WorkerReady {
  readonly type: 'gradwire:ready';
}

export function isWorkerOrder(data: unknown): data is WorkerOrder {
  if (typeof data !== 'object' || data === null) return false;
  const { type, lock } = data as Partial<Record<keyof WorkerOrder, unknown>>;
  return type === 'gradwire:port' && typeof lock === 'string';
}
