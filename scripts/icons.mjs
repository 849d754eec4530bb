// `node scripts/icons.mjs`: the icons in build/ and assets/, drawn anew from assets/icon.svg. Run it when the drawing changes;
// what it writes is part of the repository, since not every machine that builds has a browser to draw with.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { icnsOf, icoOf } from './lib/icon-files.mjs';
import { whyNoSandbox } from './lib/launch.mjs';
import { root } from './lib/run.mjs';
import { SetupError } from './lib/setup-error.mjs';
import { findChromium } from './lib/system.mjs';
import { runMain } from './setup.mjs';

const sizes = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];

await runMain(async () => {
  const executablePath = findChromium();
  if (!executablePath) throw new SetupError('Icons are drawn with Chromium, which is not here.');
  const svg = readFileSync(join(root, 'assets/icon.svg'), 'utf8');
  const browser = await chromium.launch({
    executablePath,
    args: whyNoSandbox() ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage();
  /**
   * @param {number} size
   * @param {number} [share] of the page that the drawing takes, on its own paper
   */
  const draw = async (size, share = 100) => {
    await page.setViewportSize({ width: size, height: size });
    const paper = share < 100 ? 'background:#fbfaf7' : '';
    await page.setContent(
      `<style>body{margin:0;height:100vh;display:grid;place-items:center;${paper}}svg{display:block;width:${share}vw;height:${share}vh}</style>${svg}`,
    );
    return page.screenshot({ omitBackground: true });
  };
  /** @type {Map<number, Buffer>} */
  const drawn = new Map();
  mkdirSync(join(root, 'build/icons'), { recursive: true });
  for (const size of sizes) {
    const png = await draw(size);
    drawn.set(size, png);
    writeFileSync(join(root, `build/icons/${size}x${size}.png`), png);
  }
  writeFileSync(join(root, 'build/icon.png'), drawn.get(512) ?? '');
  writeFileSync(join(root, 'build/icon.ico'), icoOf(drawn));
  writeFileSync(join(root, 'build/icon.icns'), icnsOf(drawn));
  // A browser that installs the page cuts its own form out of the last one: paper to the edge.
  const installed = join(root, 'renderer/public');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'icon-192.png'), await draw(192));
  writeFileSync(join(installed, 'icon-512.png'), await draw(512));
  writeFileSync(join(installed, 'icon-maskable-512.png'), await draw(512, 84));
  await browser.close();
  return 0;
});
