import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, root, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'the installed page', () => {
  let web: Web;

  beforeAll(async () => {
    // A server that knows nothing of isolation.
    web = await launch({ headers: {} });
  });
  afterAll(() => web?.close());

  it('isolates itself where the server does not, without which there are no threads', async () => {
    await expect.poll(() => isolated(web)).toBe(true);
    await new EditorHands(web.page).ready();
  });

  it('works without a network, what is loaded later included', async () => {
    const complaints: string[] = [];
    web.page.on('pageerror', ({ message }) => complaints.push(message));
    await expect.poll(() => isolated(web)).toBe(true);
    await web.context.setOffline(true);
    await web.page.reload();
    const hands = new EditorHands(web.page);
    await hands.ready();
    await expect.poll(() => hands.wires()).toMatchObject({ ww: '5 over 4' });
    await hands.workspace('Train');
    await web.page.getByRole('button', { name: 'View', exact: true }).click();
    await web.page.keyboard.press('Escape');
    const [text, worker] = await web.page.evaluate(async () => {
      const licences = await (await fetch('licences.txt')).text();
      const wasm = await fetch('wasm/tfjs-backend-wasm-simd.wasm');
      return [licences.slice(0, 8), wasm.ok] as const;
    });
    expect([text, worker]).toEqual(['Gradwire', true]);
    expect(complaints).toEqual([]);
    await web.context.setOffline(false);
  });

  it('can be installed: its manifest is whole and its icons are there', async () => {
    const session = await web.context.newCDPSession(web.page);
    const { errors, data } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? '{}');
    expect(manifest).toMatchObject({ name: 'Gradwire', display: 'standalone' });
    for (const { src } of manifest.icons) {
      const png = readFileSync(join(root, 'out/web', src));
      expect(png.subarray(1, 4).toString()).toBe('PNG');
    }
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  it('runs no script but its own', async () => {
    const ran = await web.page.evaluate(async () => {
      const flags: string[] = [];
      Object.assign(window, { ran: (what: string) => flags.push(what) });
      const inline = document.createElement('script');
      inline.textContent = 'window.ran("inline")';
      document.body.append(inline);
      const away = await fetch('https://example.com/').then(
        () => 'reached',
        () => 'blocked',
      );
      return [...flags, away];
    });
    expect(ran).toEqual(['blocked']);
  });
});

const isolated = (web: Web) => web.page.evaluate(() => crossOriginIsolated).catch(() => false);
