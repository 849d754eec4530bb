import type { Unsubscribe } from './host.ts';

/** A set of listeners of one kind. */
export class Listeners<T> {
  readonly #set = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Unsubscribe {
    // Wrapped, so that the same function may listen twice and end once.
    const own = (value: T) => listener(value);
    this.#set.add(own);
    return () => this.#set.delete(own);
  }

  tell(value: T): void {
    for (const listener of [...this.#set]) listener(value);
  }
}
