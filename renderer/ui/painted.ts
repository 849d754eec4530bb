import { useSyncExternalStore } from 'react';

/** So long, in milliseconds, a page waits that nobody looks at, which is not painted. */
const atMost = 2000;

let waiting: Promise<void> | undefined;

/** Resolves once the window's first picture is on the screen: what that does without may come then. */
export function painted(): Promise<void> {
  waiting ??= new Promise((done) => {
    setTimeout(done, atMost);
    new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) done();
    }).observe({ type: 'paint', buffered: true });
  });
  return waiting;
}

let isPainted = false;

function onPainted(told: () => void): () => void {
  let listens = true;
  void painted().then(() => {
    isPainted = true;
    if (listens) told();
  });
  return () => {
    listens = false;
  };
}

/** Whether it is: a part that the first picture does without is drawn once it is. */
export const usePainted = (): boolean => useSyncExternalStore(onPainted, () => isPainted);

/** Begins then; returns what ends it, or keeps it from beginning. */
export function oncePainted(begin: () => () => void): () => void {
  let end: (() => void) | undefined;
  let over = false;
  void painted().then(() => {
    if (!over) end = begin();
  });
  return () => {
    over = true;
    end?.();
  };
}
