import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHostApp } from './host-app.ts';
import type { Desktop } from './launch.ts';

/** Engines that need a GPU, on the one that Chromium computes itself. */
let built: Awaited<ReturnType<typeof buildHostApp>>;
let desktop: Desktop;

beforeAll(async () => {
  built = await buildHostApp('engines');
  desktop = await built.launch({ graphics: true });
});

afterAll(async () => {
  await desktop?.close();
  built?.dispose();
});

describe.each(['webgl', 'webgpu'] as const)('on %s', (name) => {
  test('the app’s own page may start it, and knows that this GPU is none', async () => {
    const device = await desktop.page.evaluate((engine) => window.engines.start(engine), name);
    expect(device).toMatchObject({ software: true });
    expect(device?.description).toMatch(/swiftshader/i);
  });

  test('every primitive gives what float64 gives', async () => {
    const wrong = await desktop.page.evaluate((engine) => window.engines.primitives(engine), name);
    expect(wrong).toEqual({});
  });

  test('every net to train has the gradients of the exact trace', async () => {
    const differences = await desktop.page.evaluate(
      (engine) => window.engines.templates(engine),
      name,
    );
    const isClose = (off: number | string) => typeof off === 'number' && off < 1e-4;
    expect(Object.entries(differences).filter(([, off]) => !isClose(off))).toEqual([]);
    expect(Object.keys(differences).length).toBeGreaterThan(15);
  });

  test('100 steps of a net with layers of every kind follow the exact ones and leave nothing behind', async () => {
    const { losses, exact, held, left } = await desktop.page.evaluate(
      (engine) => window.engines.train(engine, 100),
      name,
    );
    exact.forEach((loss, step) => {
      expect(Math.abs((losses[step] ?? Number.NaN) - loss) / loss).toBeLessThan(1e-3);
    });
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2);
    expect(new Set(held.slice(2)).size).toBe(1);
    expect(left).toBe(0);
  });

  test('a session goes on where the GPU is taken from it; then it can be started anew', async () => {
    const { losses, said, engine } = await desktop.page.evaluate(
      (one) => window.engines.lose(one),
      name,
    );
    expect(engine).toBe('js');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(new RegExp(`^The GPU of the engine “${name}” failed: .*\\.$`));
    const whole = await desktop.page.evaluate((one) => window.engines.train(one, 12), name);
    losses.forEach((loss, step) => {
      const wanted = whole.exact[step] ?? Number.NaN;
      expect(Math.abs(loss - wanted) / wanted).toBeLessThan(1e-3);
    });
  });
});
