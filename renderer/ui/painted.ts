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
