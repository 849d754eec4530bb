import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { boxOf, centerOf, type EditorHands } from '../support/editor.ts';
import { type EditorUnderTest, screenshots, startEditor } from './launch.ts';

let editor: EditorUnderTest;
let hands: EditorHands;
let page: Page;

beforeAll(async () => {
  editor = await startEditor({ width: 1280, height: 720 });
  ({ hands, page } = editor);
  // Playwright fixes the scheme unless told not to.
  await page.emulateMedia({ colorScheme: null });
});
afterAll(() => editor?.close());
beforeEach(async () => {
  await editor.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await hands.example('First graphs', '(x + y)·z');
  await hands.workspace('Build');
  await hands.clickCanvas();
});
afterEach(() => {
  expect(editor.complaints.splice(0)).toEqual([]);
});

interface Viewed {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Where the view is. */
const view = (): Promise<Viewed> =>
  page.locator('.react-flow__viewport').evaluate((element) => {
    const { e, f, a } = new DOMMatrix(getComputedStyle(element).transform);
    return { x: Math.round(e), y: Math.round(f), zoom: a };
  });

const ratio = () => page.evaluate(() => window.devicePixelRatio);
const checked = async (id: string) => (await editor.menuItem(id))?.checked;

/** Keeps a picture of the window for people, whole at any scale. */
async function look(name: string): Promise<void> {
  await page.waitForTimeout(200);
  const picture = await editor.app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    return image?.toPNG().toString('base64') ?? '';
  });
  writeFileSync(join(screenshots, `${name}.png`), Buffer.from(picture, 'base64'));
}

/** As the window comes up again in the next session. */
async function reopen(): Promise<void> {
  await page.reload();
  await hands.ready();
  await hands.example('First graphs', '(x + y)·z');
}

it('are of high contrast on demand, and where the system asks for it, and stay so', async () => {
  await editor.choose('view.themeContrast');
  const paper = () =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor.replaceAll(' ', ''));
  await expect.poll(paper).toBe('rgb(255,255,255)');
  await expect.poll(() => checked('view.themeContrast')).toBe(true);
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(false);
  await editor.look('contrast-build');
  await hands.workspace('Trace');
  await hands.clickCanvas();
  await page.keyboard.press('End');
  await editor.look('contrast-trace');
  await reopen();
  await expect.poll(paper).toBe('rgb(255,255,255)');
  await editor.choose('view.themeLight');
  await expect.poll(paper).toBe('rgb(251,250,247)');
  await page.emulateMedia({ colorScheme: null, contrast: 'more' });
  // Who asks for another theme gets that one.
  expect(await paper()).toBe('rgb(251,250,247)');
  await editor.choose('view.themeSystem');
  await expect.poll(paper).toBe('rgb(255,255,255)');
  await page.emulateMedia({ colorScheme: null, contrast: null });
});

it('grow with all of the interface, in every window, and the pointer finds its places', async () => {
  await page.keyboard.press('Control+Alt+=');
  await expect.poll(ratio).toBeCloseTo(1.1);
  for (const scale of [1.25, 1.5]) {
    await editor.choose('view.scaleLarger');
    await expect.poll(ratio).toBeCloseTo(scale);
  }
  await editor.choose('view.zoomFit');
  await page.waitForTimeout(400);
  await look('scale-150');

  const before = await boxOf(hands.node('z'));
  const start = { x: before.x + 6, y: before.y + before.height / 2 };
  await hands.drag(start, { x: start.x + 30, y: start.y + 40 });
  const after = await boxOf(hands.node('z'));
  // Within what snapping adds.
  expect(Math.abs(after.x - before.x - 30)).toBeLessThan(8);
  expect(Math.abs(after.y - before.y - 40)).toBeLessThan(8);
  await hands.clickCanvas();
  await page.locator('.react-flow__edge[data-id="wz"]').focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(3);
  await hands.connect('z', 'mul', 'b');
  await expect.poll(() => hands.wires()).toMatchObject({ wire: '4 over 5' });

  const other = editor.app.waitForEvent('window');
  await editor.app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []);
    items?.find((item) => item.label === 'New Window')?.click();
  });
  const second = await other;
  await second.getByTestId('canvas').waitFor();
  const there = () => second.evaluate(() => window.devicePixelRatio);
  await expect.poll(there).toBeCloseTo(1.5);
  await second.keyboard.press('Control+Alt+0');
  await expect.poll(there).toBeCloseTo(1);
  await expect.poll(ratio).toBeCloseTo(1);
  await second.close();
});

it('leave nothing cut or covered at twice the size, at 1280 × 720, and come up so again', async () => {
  for (let more = 0; more < 5; more++) await editor.choose('view.scaleLarger');
  await expect.poll(ratio).toBeCloseTo(2);
  await expect.poll(async () => (await editor.menuItem('view.scaleLarger'))?.enabled).toBe(false);
  await reopen();
  await expect.poll(ratio).toBeCloseTo(2);
  for (const workspace of ['Build', 'Trace', 'Train'] as const) {
    await hands.workspace(workspace);
    await page.waitForTimeout(300);
    await look(`scale-200-${workspace.toLowerCase()}`);
    expect(await page.evaluate(troubles), workspace).toEqual([]);
  }
  await hands.workspace('Trace');
  await page.keyboard.press('Control+Alt+0');
  await expect.poll(ratio).toBeCloseTo(1);
});

/** Runs in the page: which of the window's buttons and fields lie over others, outside of it, or cut their text. */
function troubles(): string[] {
  const all = [...document.querySelectorAll('button, input, select')].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      element.getBoundingClientRect().width > 4 &&
      !element.closest('.react-flow, .palette-groups, .training-settings, .inspector, .track'),
  );
  const named = (element: Element) =>
    element.getAttribute('aria-label') ?? (element.textContent || element.id);
  const found: string[] = [];
  for (const [at, element] of all.entries()) {
    const box = element.getBoundingClientRect();
    if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) {
      found.push(`${named(element)} leaves the window`);
    }
    if (element instanceof HTMLButtonElement && element.scrollWidth > element.clientWidth + 1) {
      found.push(`${named(element)} is cut`);
    }
    for (const other of all.slice(at + 1)) {
      const { left, top, right, bottom } = other.getBoundingClientRect();
      const apart =
        left >= box.right - 1 ||
        right <= box.left + 1 ||
        top >= box.bottom - 1 ||
        bottom <= box.top + 1;
      if (!apart && !element.contains(other) && !other.contains(element)) {
        found.push(`${named(element)} and ${named(other)} overlap`);
      }
    }
  }
  return found;
}

it('wear the colours of operation groups on demand, told in the palette, and keep doing so', async () => {
  const border = (id: string) =>
    hands.node(id).evaluate((element) => getComputedStyle(element).borderTopColor);
  const dots = () =>
    page
      .locator('.palette-groups [data-group] > .heading')
      .evaluateAll((all) => all.map((each) => getComputedStyle(each, '::before').content));
  const plain = await border('add');
  expect(await border('mul')).toBe(plain);
  expect(await dots()).not.toContain('""');
  await editor.choose('view.groupColours');
  await expect.poll(() => border('add')).not.toBe(plain);
  expect(await border('mul')).toBe(await border('add'));
  expect(await border('x')).not.toBe(await border('add'));
  expect(new Set(await dots())).toEqual(new Set(['""']));
  await reopen();
  await expect.poll(() => border('add')).not.toBe(plain);
  await expect.poll(() => checked('view.groupColours')).toBe(true);
  await hands.example('Networks', 'A 3-4-2 network');
  for (const theme of ['Light', 'Dark', 'Contrast']) {
    await editor.choose(`view.theme${theme}`);
    await expect.poll(() => checked(`view.theme${theme}`)).toBe(true);
    await editor.look(`groups-${theme.toLowerCase()}`);
  }
  await editor.choose('view.themeSystem');
  await editor.choose('view.groupColours');
  await expect.poll(() => checked('view.groupColours')).toBe(false);
});

it('move the view by the middle button and by Space, also over nodes, which stay where they are', async () => {
  const { keyboard, mouse } = page;
  const playing = () => page.getByRole('button', { name: 'Pause', exact: true }).count();
  const pan = async (how: 'middle' | 'Space', over: string) => {
    const from = await centerOf(page.locator(over).first());
    const before = await view();
    if (how === 'Space') await keyboard.down('Space');
    await mouse.move(from.x, from.y);
    await mouse.down({ button: how === 'Space' ? 'left' : 'middle' });
    await mouse.move(from.x + 20, from.y + 10, { steps: 3 });
    await mouse.move(from.x + 40, from.y + 30, { steps: 3 });
    await mouse.up({ button: how === 'Space' ? 'left' : 'middle' });
    if (how === 'Space') await keyboard.up('Space');
    const after = await view();
    expect([after.x - before.x, after.y - before.y], `${how} over ${over}`).toEqual([40, 30]);
  };
  for (const workspace of ['Build', 'Trace'] as const) {
    await hands.workspace(workspace);
    await page.waitForTimeout(300);
    for (const how of ['middle', 'Space'] as const) {
      for (const over of ['[data-testid="node-add"]', '[data-testid="wire-ww"]']) {
        await pan(how, over);
        await page.keyboard.press('Control+9');
        await page.waitForTimeout(300);
      }
    }
    expect(await playing()).toBe(0);
    expect(await hands.selected()).toEqual([]);
  }
  expect(await hands.undoName()).toBe('Nothing to undo');
  // Without a drag it is the film's; held long, it says so but once.
  await keyboard.down('Space');
  await keyboard.down('Space');
  await keyboard.up('Space');
  await expect.poll(playing).toBe(1);
  await keyboard.press('Space');
  await expect.poll(playing).toBe(0);
  // Also where the button has the focus, a drag is no press of it.
  await page.getByRole('button', { name: 'Play', exact: true }).focus();
  await pan('Space', '[data-testid="node-add"]');
  expect(await playing()).toBe(0);
});

it('let the wheel zoom, or pan where that is chosen, and zoom with Ctrl in any case', async () => {
  const { keyboard, mouse } = page;
  const { x, y } = await boxOf(page.getByTestId('canvas'));
  const turned = async (across: number, down: number) => {
    const before = await view();
    await mouse.move(x + 300, y + 100);
    await mouse.wheel(across, down);
    await page.waitForTimeout(300);
    const after = await view();
    return { x: after.x - before.x, y: after.y - before.y, zoom: after.zoom / before.zoom };
  };
  expect((await turned(0, 100)).zoom).toBeLessThan(0.95);
  await editor.choose('view.wheelPans');
  await expect.poll(() => checked('view.wheelPans')).toBe(true);
  expect(await turned(30, 100)).toEqual({ x: -30, y: -100, zoom: 1 });
  await keyboard.down('Control');
  expect((await turned(0, 100)).zoom).toBeLessThan(0.95);
  await keyboard.up('Control');
  await reopen();
  expect((await turned(0, 100)).zoom).toBe(1);
  await editor.choose('view.wheelPans');
  await expect.poll(() => checked('view.wheelPans')).toBe(false);
  await keyboard.down('Control');
  expect((await turned(0, 100)).zoom).toBeLessThan(0.95);
  await keyboard.up('Control');
});

it('show from afar names that can be read, and nothing else', async () => {
  await hands.example('Networks', 'A 3-4-2 network');
  const { x, y } = await boxOf(page.getByTestId('canvas'));
  await page.mouse.move(x + 300, y + 300);
  for (const zoom of [0.22, 0.15]) {
    while ((await view()).zoom > zoom) {
      await page.mouse.wheel(0, 60);
      await page.waitForTimeout(40);
    }
    await page.waitForTimeout(300);
    await editor.look(`far-${zoom}`);
    const now = await view();
    const names = page.locator('.react-flow__node .far-name');
    expect([...(await names.allTextContents())].sort()).toEqual(
      ['ReLU', 'W1', 'W2', 'affine', 'affine', 'b1', 'b2', 'cross-entropy', 't', 'x'].sort(),
    );
    const letters = await names
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(letters * now.zoom).toBeGreaterThan(8.5);
    expect(await page.locator('.operation-symbol, .source-value').count()).toBe(0);
  }
});
