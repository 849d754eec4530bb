import { useSyncExternalStore } from 'react';

/** So long, in milliseconds, a page waits that nobody looks at, which is not painted. */
const atMost = 2000;

let waiting: Promise<void> | undefined;
let isPainted = false;

/** Resolves once the window's first picture is on the screen: what that does without may come then. */
export function painted(): Promise<void> {
  waiting ??= firstPaint().then(() => {
    isPainted = true;
  });
  return waiting;
}

function firstPaint(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, atMost);
    new PerformanceObserver((list) => {
      if (list.getEntriesByName('first-contentful-paint').length > 0) done();
    }).observe({ type: 'paint', buffered: true });
  });
}

/** Begins then; returns what ends it, or keeps it from beginning. */
export function oncePainted(begin: () => (() => void) | undefined): () => void {
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

const subscribe = (told: () => void) =>
  oncePainted(() => {
    told();
    return undefined;
  });

/** Whether it is on the screen: a part that the first picture does without is drawn once it is. */
export const usePainted = (): boolean => useSyncExternalStore(subscribe, () => isPainted);
