import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'the clipboard in a browser', () => {
  let web: Web;
  let hands: EditorHands;

  beforeAll(async () => {
    web = await launch();
    hands = new EditorHands(web.page);
    await hands.ready();
  });
  afterAll(() => web.close());

  const nodes = (of = web.page) => of.locator('.react-flow__node').count();
  const press = (key: string) => web.page.keyboard.press(key);
  const entry = async (name: string) => {
    await web.page.getByRole('button', { name: 'Edit', exact: true }).click();
    await web.page
      .getByRole('menuitem', { name: new RegExp(`^${name}`) })
      .first()
      .click();
    await web.page.getByRole('menu').waitFor({ state: 'detached' });
  };

  it('copies, pastes, cuts and duplicates by keys, without any permission', async () => {
    await hands.node('mul').click({ position: { x: 8, y: 8 } });
    await press('Control+c');
    await press('Control+Shift+v');
    await expect.poll(() => nodes()).toBe(6);
    await expect.poll(() => hands.wires()).toMatchObject({ wire: '5 over 0', wire2: '4 over 0' });
    await press('Control+v');
    await expect.poll(() => nodes()).toBe(7);
    await press('Control+x');
    await expect.poll(() => nodes()).toBe(6);
    await hands.node('add').click({ position: { x: 8, y: 8 } });
    await press('Control+d');
    await expect.poll(() => nodes()).toBe(7);
  });

  it('copies from the menu, and says which keys paste where a page may not read the clipboard', async () => {
    await hands.node('add').click({ position: { x: 8, y: 8 } });
    await entry('Copy');
    await entry('Paste');
    await hands.bubble().waitFor();
    expect(await hands.bubble().textContent()).toContain('Ctrl+V');
    await press('Escape');
    await hands.clickCanvas();
    const before = await nodes();
    await press('Control+v');
    await expect.poll(() => nodes()).toBe(before + 1);
  });

  it('pastes from the menu where it may', async () => {
    await web.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const before = await nodes();
    await entry('Paste');
    await expect.poll(() => nodes()).toBe(before + 1);
  });

  it('pastes in another tab', async () => {
    const other = await web.context.newPage();
    await other.goto(web.url);
    const there = new EditorHands(other);
    await there.ready();
    await there.clickCanvas();
    await other.keyboard.press('Control+v');
    await expect.poll(() => nodes(other)).toBe(6);
    await other.close();
  });
});
