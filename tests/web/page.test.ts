import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, noBrowser, root, screenshots, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'the web page', () => {
  let web: Web;
  const complaints: string[] = [];

  beforeAll(async () => {
    web = await launch();
    web.page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    web.page.on('pageerror', (error) => complaints.push(error.message));
    web.page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    await web.page.reload({ waitUntil: 'networkidle' });
  });
  afterAll(() => web.close());

  it('loads without a complaint', async () => {
    await web.page.screenshot({ path: join(screenshots, 'web-page.png') });
    expect(complaints).toEqual([]);
  });

  it('is cross-origin isolated, as threads in WebAssembly need', async () => {
    expect(await web.page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  it('has the kernels of the wasm backend beside it, by their own names', async () => {
    const names = readdirSync(join(root, 'out/web/wasm'));
    expect(names.filter((name) => name.endsWith('.wasm'))).toHaveLength(3);
    for (const name of names) {
      const response = await web.page.request.get(`${web.url}wasm/${name}`);
      expect(response.status(), name).toBe(200);
    }
  });

  it('has no script or handler inside its markup', () => {
    const html = readFileSync(join(root, 'out/web/index.html'), 'utf8');
    expect(html).toMatch(/<script[^>]* src=/);
    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    expect(html).not.toMatch(/\son\w+=/);
  });
});
