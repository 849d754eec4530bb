import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParsed, writeDocument } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { missingForAppImage } from '../../scripts/lib/appimage.mjs';
import { whyNoSandbox } from '../../scripts/lib/launch.mjs';
import { licences } from '../../scripts/lib/licences.mjs';
import { EditorHands } from '../support/editor.ts';
import { root } from './launch.ts';

const elsewhere = process.platform === 'linux' ? '' : 'skipped: packages are built here on Linux';

describe.skipIf(elsewhere)(elsewhere || 'the package', () => {
  const dist = join(root, 'dist');
  const unpacked = join(dist, 'linux-unpacked');
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gradwire-package-'));
    const script = join(root, 'scripts/dist.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect(stderr).toContain('the app lies in dist/');
    expect(status).toBe(0);
  }, 900_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  /** Starts the program on a document, sees that it is traced, closes the window; the exit status. */
  async function smoke(program: string, ...options: string[]): Promise<number | null> {
    const file = join(folder, 'net.gradwire');
    writeFileSync(file, writeDocument(readParsed(product.file, catalogue).document, catalogue));
    const userData = mkdtempSync(join(folder, 'user-data-'));
    const child = spawn(program, [
      ...options,
      ...(whyNoSandbox(unpacked) ? ['--no-sandbox'] : []),
      '--remote-debugging-port=0',
      `--user-data-dir=${userData}`,
      file,
    ]);
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    try {
      const address = await addressOf(child);
      await untilShown(address);
      const browser = await chromium.connectOverCDP(address);
      const [context] = browser.contexts();
      const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
      if (!page) throw new Error('there is no window');
      const hands = new EditorHands(page);
      await hands.ready();
      await expect.poll(() => page.locator('.document-title').textContent()).toBe('net');
      await expect.poll(() => hands.wires()).toMatchObject({ wx: '2 over 4', ww: '5 over 4' });
      await page.close();
      return await ended;
    } finally {
      child.kill('SIGKILL');
    }
  }

  it('starts, opens a file named on its command line, traces it and quits cleanly', async () => {
    expect(await smoke(join(unpacked, 'gradwire'))).toBe(0);
  });

  it('holds the app and nothing of the checkout', () => {
    const resources = readdirSync(join(unpacked, 'resources'));
    expect(resources).toContain('app.asar');
    expect(existsSync(join(unpacked, 'LICENSES.chromium.html'))).toBe(true);
    const asar = readFileSync(join(unpacked, 'resources/app.asar'));
    const header = JSON.parse(asar.toString('utf8', 16, 16 + asar.readUInt32LE(12)));
    expect(Object.keys(header.files).sort()).toEqual(['out', 'package.json']);
    expect(Object.keys(header.files.out.files.renderer.files)).toContain('licences.txt');
    // What of the changelog is new stands beside it.
    expect(readFileSync(join(dist, 'release-notes.md'), 'utf8')).toMatch(/^# \S+\n\n- /);
    // Without an address nothing of updates is built in.
    expect(resources).not.toContain('app-update.yml');
    expect(licences().length).toBeGreaterThan(50);
  });

  it('has its fuses set: no Node, no options, no inspector, nothing but its own archive', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'gradwire'));
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    expect(on.map((fuse) => wire[fuse])).toEqual(on.map(() => '1'.charCodeAt(0)));
    expect(off.map((fuse) => wire[fuse])).toEqual(off.map(() => '0'.charCodeAt(0)));
  });

  it('cannot be used as Node, whatever the environment says', () => {
    const marker = join(folder, 'ran');
    const code = `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`;
    const script = join(folder, 'preload.cjs');
    writeFileSync(script, code);
    spawnSync(join(unpacked, 'gradwire'), ['-e', code, '--no-sandbox', '--version'], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` },
      timeout: 5_000,
    });
    expect(existsSync(marker)).toBe(false);
  });

  it('speaks to the address for updates only where that was switched on, and by TLS', async () => {
    const heard: number[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (bytes) => {
        heard.push(bytes[0] ?? 0);
        socket.destroy();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const config = join(unpacked, 'resources/app-update.yml');
    const updating = mkdtempSync(join(folder, 'updating-'));
    /** The app's first seconds, as an AppImage that was built with an address. */
    const start = async (scheme: 'http' | 'https', look: boolean) => {
      heard.length = 0;
      writeFileSync(config, `provider: generic\nurl: ${scheme}://127.0.0.1:${port}/\n`);
      writeFileSync(join(updating, 'updates.json'), JSON.stringify({ look }));
      const child = spawn(
        join(unpacked, 'gradwire'),
        [...(whyNoSandbox(unpacked) ? ['--no-sandbox'] : []), `--user-data-dir=${updating}`],
        { env: { ...process.env, APPIMAGE: join(folder, 'gradwire.AppImage') }, stdio: 'ignore' },
      );
      const ended = new Promise((done) => child.once('exit', done));
      for (let tries = 0; tries < 50 && heard.length === 0; tries++) {
        await new Promise((done) => setTimeout(done, 100));
      }
      child.kill('SIGKILL');
      await ended;
      return [...heard];
    };
    try {
      expect(await start('https', false)).toEqual([]);
      // The first byte of a handshake.
      expect((await start('https', true))[0]).toBe(0x16);
      expect(await start('http', true)).toEqual([]);
    } finally {
      rmSync(config, { force: true });
      server.close();
    }
  });

  describe('as an AppImage', () => {
    const image = (skip: (why: string) => void) => {
      // `npm run dist` has installed them where it may.
      const missing = missingForAppImage();
      if (missing.length > 0) skip(`skipped: an AppImage is made with ${missing.join(', ')}`);
      const name = readdirSync(dist).find((each) => each.endsWith('.AppImage'));
      if (!name) throw new Error('there is no AppImage');
      return join(dist, name);
    };
    /** What is left of it where it put itself. */
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('.gradwire-'));

    it('is one by its mark, one file that starts, and nothing of it stays behind', async ({
      skip,
    }) => {
      const path = image(skip);
      const before = left();
      expect(readFileSync(path).subarray(8, 11).toString('latin1')).toBe('AI\x02');
      expect(await smoke(path)).toBe(0);
      await expect.poll(left).toEqual(before);
    });

    it('starts without FUSE too, and can be unpacked', async ({ skip }) => {
      const path = image(skip);
      const before = left();
      expect(await smoke(path, '--appimage-extract-and-run')).toBe(0);
      expect(left()).toEqual(before);
      const { status } = spawnSync(path, ['--appimage-extract'], { cwd: folder });
      expect(status).toBe(0);
      const unfolded = join(folder, 'squashfs-root');
      expect(readdirSync(unfolded)).toEqual(
        expect.arrayContaining(['.DirIcon', 'AppRun', 'gradwire', 'gradwire.desktop']),
      );
      const entry = readFileSync(join(unfolded, 'gradwire.desktop'), 'utf8');
      expect(entry).toContain('MimeType=application/vnd.gradwire+json');
      for (const name of ['resources/app.asar', 'gradwire', 'libffmpeg.so']) {
        const [one, other] = [unfolded, unpacked].map((each) => readFileSync(join(each, name)));
        expect(one?.equals(other ?? Buffer.of())).toBe(true);
      }
    });
  });

  it('as a Debian package brings menu entry, file type and icons, and starts from where it is put', async () => {
    const name = readdirSync(dist).find((each) => each.endsWith('_amd64.deb'));
    if (!name) throw new Error('there is no Debian package');
    const to = join(folder, 'installed');
    const { status } = spawnSync('dpkg-deb', ['--extract', join(dist, name), to]);
    expect(status).toBe(0);
    const text = (path: string) => readFileSync(join(to, path), 'utf8');
    expect(text('usr/share/applications/gradwire.desktop')).toContain(
      'MimeType=application/vnd.gradwire+json;',
    );
    expect(text('usr/share/mime/packages/gradwire.xml')).toContain('glob pattern="*.gradwire"');
    expect(existsSync(join(to, 'usr/share/icons/hicolor/256x256/apps/gradwire.png'))).toBe(true);
    const helper = statSync(join(to, 'opt/Gradwire/chrome-sandbox'));
    expect(helper.mode & 0o7777).toBe(0o4755);
    expect(await smoke(join(to, 'opt/Gradwire/gradwire'))).toBe(0);
  });
});

/** Where Chromium says that it can be talked to. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += String(chunk);
      const [, port] = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      if (port) resolve(`http://127.0.0.1:${port}`);
    });
    child.once('exit', () => reject(new Error(`The app ended at once: ${said}`)));
  });
}

/** Playwright waits for ever for a page that is being made while it connects. */
async function untilShown(address: string): Promise<void> {
  const titles = async () => {
    const targets = (await (await fetch(`${address}/json/list`)).json()) as { title: string }[];
    return targets.map(({ title }) => title);
  };
  await expect.poll(titles, { timeout: 60_000 }).toEqual([expect.stringMatching(/\S/)]);
  await new Promise((done) => setTimeout(done, 1_000));
}
