import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { product } from '#first-lesson';
import { readParsed } from '#graph';
import { catalogue } from '#ops';
import { sizeBefore } from '../../renderer/canvas/geometry.ts';
import { type EditorUnderTest, root, startEditor } from './launch.ts';

const pages = join(root, 'out/renderer');

/** Something that each part's code says and no other's. */
const marks = {
  formulas: 'KaTeX parse error',
  training: 'The trainer answered in a way this program do',
  charts: 'u-legend',
  export: '\\begin{tikzpicture}',
  TensorFlow: 'tfjs-backend',
};

/** The parts of the program that are in these files. */
function partsIn(scripts: readonly string[]): string[] {
  const code = scripts.map((name) => readFileSync(join(pages, 'assets', name), 'utf8'));
  return Object.entries(marks).flatMap(([part, mark]) =>
    code.some((text) => text.includes(mark)) ? [part] : [],
  );
}

/** The scripts that a page names, and those that these import at once. */
function scriptsOf(page: string): string[] {
  const html = readFileSync(join(pages, page), 'utf8');
  const found = new Set<string>();
  const take = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const code = readFileSync(join(pages, 'assets', name), 'utf8');
    for (const [, next = ''] of code.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
      take(next);
    }
  };
  for (const [, name = ''] of html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.js)"/g)) take(name);
  return [...found];
}

describe('what the first picture takes, and does without', () => {
  let editor: EditorUnderTest;
  /** The scripts that pages have asked for, in order: as main counts them. */
  const scripts = async () => {
    const given = await editor.app.evaluate(() => Reflect.get(globalThis, 'given') as string[]);
    return given.flatMap((url) => /\/assets\/([^/]+\.js)$/.exec(url)?.[1] ?? []);
  };

  beforeAll(async () => {
    editor = await startEditor();
    await editor.app.evaluate(({ session }) => {
      const given: string[] = [];
      Reflect.set(globalThis, 'given', given);
      session.defaultSession.webRequest.onBeforeRequest(({ url }, goOn) => {
        given.push(url);
        goOn({});
      });
    });
    const loaded = editor.page.waitForEvent('load');
    // What the page still had from before would not be asked for.
    await editor.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.reloadIgnoringCache(),
    );
    await loaded;
    await editor.hands.ready();
  });
  afterAll(() => editor?.close());

  it('is known by marks that each part has', () => {
    const all = readdirSync(join(pages, 'assets')).filter((name) => name.endsWith('.js'));
    expect(partsIn(all).sort()).toEqual(Object.keys(marks).sort());
  });

  it('is in none of the files that the page begins with', () => {
    expect(partsIn(scriptsOf('index.html'))).toEqual([]);
  });

  it('is in files that are quick to take in: compiled at once, a byte for each character', () => {
    const first = scriptsOf('index.html').filter((name) => /^(index|react|core)-/.test(name));
    expect(first).toHaveLength(3);
    for (const name of first) {
      const code = readFileSync(join(pages, 'assets', name));
      expect(code.every((byte) => byte < 0x80)).toBe(true);
      const isCompiled = code.toString('latin1').startsWith('//# allFunctionsCalledOnLoad\n');
      expect(isCompiled).toBe(!name.startsWith('core-'));
    }
  });

  it('does not come by itself, but for what sets formulas', async () => {
    await expect.poll(async () => partsIn(await scripts())).toEqual(['formulas']);
    // That it is counted at all.
    expect(await scripts()).toEqual(expect.arrayContaining(scriptsOf('index.html')));
  });

  it('is written in fonts of its own: none of the system’s is sought', async () => {
    const session = await editor.page.context().newCDPSession(editor.page);
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { root: top } = await session.send('DOM.getDocument');
    const { nodeIds } = await session.send('DOM.querySelectorAll', {
      nodeId: top.nodeId,
      selector: 'body *',
    });
    const used = new Map<string, boolean>();
    for (const nodeId of nodeIds) {
      const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
      for (const { familyName, isCustomFont } of fonts) used.set(familyName, isCustomFont);
    }
    await session.detach();
    // With the palette's symbols.
    expect(used.get('DejaVu Sans')).toBe(true);
    expect([...used].filter(([, isCustom]) => !isCustom)).toEqual([]);
    // One that is still to come would be taken the place of by one of the system's.
    const states = await editor.page.evaluate(() =>
      [...document.fonts].flatMap(({ family, status }) =>
        family === 'Inter Variable' ? [status] : [],
      ),
    );
    expect(states).toEqual(['loaded', 'loaded']);
  });

  it('is drawn once: where its nodes lie is known before', async () => {
    const { document } = readParsed(product.file, catalogue);
    expect(document.nodes.length).toBeGreaterThan(3);
    for (const node of document.nodes) {
      const { width, height } = sizeBefore(document, node, catalogue.get(node.op));
      const drawn = await editor.page
        .locator(`.react-flow__node[data-id="${node.id}"]`)
        .evaluate(({ offsetWidth, offsetHeight }: HTMLElement) => [offsetWidth, offsetHeight]);
      expect(drawn).toEqual([width, height]);
    }
  });

  it('has menus that open even where they were asked for too early', async () => {
    const { page } = editor;
    for (const [name, popup] of [
      ['File', 'menu'],
      ['Numbers', 'dialog'],
    ] as const) {
      // As soon as the button is there, which is before its menu is.
      await page.addInitScript((label) => {
        if (sessionStorage.getItem('pressed') === label) return;
        const watcher = new MutationObserver(() => {
          const button = [...document.querySelectorAll('button')].find(
            (each) => (each.ariaLabel ?? each.textContent) === label,
          );
          if (!button) return;
          sessionStorage.setItem('pressed', label);
          watcher.disconnect();
          button.click();
        });
        watcher.observe(document, { childList: true, subtree: true });
      }, name);
      await page.reload();
      await page.getByRole(popup).first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole(popup).first().waitFor({ state: 'detached' });
    }
    await editor.hands.ready();
  });

  it('comes when it is first used', async () => {
    const { page } = editor;
    await editor.choose('file.export');
    await page.getByTestId('export').waitFor();
    await expect.poll(async () => partsIn(await scripts())).toContain('export');
    await page.keyboard.press('Escape');
    await page.getByTestId('export').waitFor({ state: 'detached' });
    await editor.choose('view.train');
    await page.getByTestId('run-sentence').waitFor();
    await expect
      .poll(async () => partsIn(await scripts()))
      .toEqual(expect.arrayContaining(['training', 'charts']));
    expect(editor.complaints).toEqual([]);
  });
});
