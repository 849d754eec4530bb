import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { EditorHands } from '../support/editor.ts';
import type { EditorUnderTest } from './launch.ts';
import { oneEditor } from './one-editor.ts';

let editor: EditorUnderTest;
let hands: EditorHands;
let page: Page;

oneEditor({ width: 1280, height: 800 }, (started) => {
  editor = started;
  ({ hands, page } = started);
});

const press = (key: string) => page.keyboard.press(key);
const shown = () => page.getByTestId('shortcuts');
const keysOf = (id: string) => shown().locator(`[data-command="${id}"]`);
const status = () => shown().getByRole('status').textContent();

it('name in the menu what undo and redo would do', async () => {
  expect((await editor.menuItem('edit.undo'))?.label).toBe('Undo');
  await hands.pick('x');
  await press('Delete');
  await expect
    .poll(async () => (await editor.menuItem('edit.undo'))?.label)
    .toBe('Undo delete 1 node');
  await editor.choose('edit.undo');
  await expect
    .poll(async () => (await editor.menuItem('edit.redo'))?.label)
    .toBe('Redo delete 1 node');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  expect(await page.getByRole('menuitem', { name: /^Redo/ }).textContent()).toBe(
    'Redo delete 1 nodeCtrl+Shift+Z',
  );
  await press('Escape');
});

it('hold every command in the page’s menus too, by mouse and keys', async () => {
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await editor.look('menu-view');
  await page.getByRole('menuitemcheckbox', { name: /^Dark/ }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await page.getByRole('button', { name: 'Graph', exact: true }).click();
  await editor.look('menu-graph-dark');
  await press('Escape');
  await editor.choose('view.themeSystem');
});

it('open the sheet of shortcuts by ?, where keys can be changed, and which the menu follows', async () => {
  await press('?');
  await shown().waitFor();
  await editor.look('shortcuts-light');
  await keysOf('edit.duplicate').click();
  await press('Control+j');
  await expect.poll(status).toBe('“Duplicate” is Ctrl+J now.');
  await expect
    .poll(async () => (await editor.menuItem('edit.duplicate'))?.accelerator)
    .toBe('CmdOrCtrl+J');
  // Keys that are in use change hands, and it is said.
  await keysOf('graph.insert').click();
  await press('u');
  await expect.poll(status).toBe('“Select Upstream” had these keys and has none of them now.');
  // Others cannot be used.
  await keysOf('graph.insert').click();
  await press('Control+c');
  await expect.poll(status).toBe('Ctrl+C has a meaning of its own everywhere.');
  await keysOf('view.zoomFit').click();
  await press('Backspace');
  await expect.poll(status).toBe('“Fit Graph in Window” has no keys now.');
  await press('Escape');
  await shown().waitFor({ state: 'detached' });

  await hands.pick('x');
  await press('Control+j');
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(6);
  await press('Control+d');
  await page.waitForTimeout(100);
  expect(await page.locator('.react-flow__node').count()).toBe(6);

  // They are kept for the next window.
  const other = editor.app.waitForEvent('window');
  await editor.app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []);
    items?.find((item) => item.label === 'New Window')?.click();
  });
  const second = await other;
  await second.getByTestId('canvas').waitFor();
  await second.keyboard.press('?');
  await expect
    .poll(() => second.locator('[data-command="edit.duplicate"]').textContent())
    .toBe('Ctrl+J');
  await second.getByRole('button', { name: 'Usual Shortcuts' }).click();
  await expect
    .poll(() => second.locator('[data-command="edit.duplicate"]').textContent())
    .toBe('Ctrl+D');
  await second.close();
  await expect
    .poll(async () => (await editor.menuItem('edit.duplicate'))?.accelerator)
    .toBe('CmdOrCtrl+D');
});

it('open on a node, a wire and the canvas, by the right button and by keys', async () => {
  const menu = () => page.getByRole('menu');
  const items = () => menu().getByRole('menuitem').locator('.menu-name').allTextContents();
  await hands.pick('x', 'y');
  await hands.node('y').click({ button: 'right' });
  await menu().waitFor();
  expect(await items()).toContain('Duplicate');
  // The selection it belongs to stays.
  expect(await hands.selected()).toEqual(['x', 'y']);
  await editor.look('menu-node');
  await page.getByRole('menuitem', { name: /^Duplicate/ }).click();
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(7);
  await press('Control+z');

  await hands.wire('ww').click({ button: 'right' });
  await menu().waitFor();
  expect(await items()).toContain('Rename');
  await press('Escape');
  await menu().waitFor({ state: 'detached' });

  await page.locator('.react-flow__node[data-id="mul"]').focus();
  await press('Shift+F10');
  await menu().waitFor();
  expect(await hands.selected()).toEqual(['mul']);
  await page.keyboard.type('del');
  await press('Enter');
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(4);
  await press('Control+z');

  await hands.workspace('Build');
  const box = await page.getByTestId('canvas').boundingBox();
  const at = { x: (box?.x ?? 0) + 200, y: (box?.y ?? 0) + 60 };
  await page.mouse.click(at.x, at.y, { button: 'right' });
  await menu().waitFor();
  await page.getByRole('menuitem', { name: /^Add Node/ }).click();
  await page.getByTestId('finder').waitFor();
  await page.keyboard.type('exp');
  await press('Enter');
  await expect.poll(() => hands.node('exp').count()).toBe(1);
  const node = await hands.node('exp').boundingBox();
  expect(Math.abs((node?.x ?? 0) + (node?.width ?? 0) / 2 - at.x)).toBeLessThan(60);
});
