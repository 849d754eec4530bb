/** What a browser keeps for the page: one database each for what belongs together. */

export interface Database<Store extends string> {
  /** What the request gave, once all of its transaction is written. */
  run<T>(
    store: Store,
    mode: IDBTransactionMode,
    use: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T>;
}

/** A database by its name, with these stores, which is opened anew for every transaction. */
export function database<Store extends string>(
  name: string,
  stores: readonly Store[],
): Database<Store> {
  const open = (): Promise<IDBDatabase> => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      for (const store of stores) opening.result.createObjectStore(store);
    };
    return new Promise((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
  };
  return {
    run: async (store, mode, use) => {
      const opened = await open();
      try {
        const transaction = opened.transaction(store, mode);
        const request = use(transaction.objectStore(store));
        return await new Promise((resolve, reject) => {
          transaction.oncomplete = () => resolve(request.result);
          // Where there is no space left, the request succeeds and its transaction is aborted.
          transaction.onabort = () => reject(transaction.error);
        });
      } finally {
        opened.close();
      }
    },
  };
}
