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
    expect(
      await desktop.page.evaluate((engine) => window.engines.primitives(engine), name),
    ).toEqual({});
  });
});
