import type { Locator, Page } from 'playwright-core';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The editor as a person's hands find it: by mouse and keyboard, in Electron and in a browser alike. */
export class EditorHands {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  node(id: string): Locator {
    return this.page.getByTestId(`node-${id}`);
  }

  wire(id: string): Locator {
    return this.page.getByTestId(`wire-${id}`);
  }

  bubble(): Locator {
    return this.page.getByTestId('bubble');
  }

  caption(): Locator {
    return this.page.getByTestId('caption');
  }

  inspector(): Locator {
    return this.page.getByRole('complementary', { name: 'Details' });
  }

  /** The page is there and its first document is drawn. */
  async ready(): Promise<void> {
    await this.page.getByTestId('canvas').waitFor();
    await this.page.evaluate(() => document.fonts.ready);
  }

  async workspace(name: 'Build' | 'Trace' | 'Train'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name }).click();
  }

  async fileMenu(item: string): Promise<void> {
    await this.page.getByRole('button', { name: 'File', exact: true }).click();
    await this.page.getByRole('menuitem', { name: item }).first().click();
    await this.page.getByRole('menu').waitFor({ state: 'detached' });
  }

  async drag(from: Point, to: Point): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    // The first pixels only tell a drag from a click.
    await mouse.move(from.x + 1, from.y + 1);
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  /** Drags an operation from the palette to a place on the canvas, counted from its corner. */
  async put(operation: string, at: Point): Promise<void> {
    const entry = this.page.getByTestId(`palette-${operation}`);
    await entry.scrollIntoViewIfNeeded();
    const corner = await boxOf(this.page.getByTestId('canvas'));
    await this.drag(await centerOf(entry), { x: corner.x + at.x, y: corner.y + at.y });
  }

  async type(source: string, value: string): Promise<void> {
    await this.node(source).locator('.source-value').click();
    await this.page.keyboard.type(value);
    await this.page.keyboard.press('Enter');
  }

  port(node: string, port: string): Locator {
    return this.node(node).locator(`.port[data-handleid="${port}"]`);
  }

  /** Draws a wire with the mouse. */
  async connect(from: string, to: string, port: string): Promise<void> {
    await this.drag(await centerOf(this.port(from, 'out')), await centerOf(this.port(to, port)));
  }

  /** The values on the wires, `w: 5 over 4` each, by the wires' ends. */
  async wires(): Promise<Record<string, string>> {
    const labels = this.page.locator('.wire-label');
    const shown: Record<string, string> = {};
    for (const label of await labels.all()) {
      const id = (await label.getAttribute('data-testid'))?.replace('wire-', '') ?? '';
      const value = await label.locator('.value').textContent();
      const gradient = label.locator('.gradient');
      const back = (await gradient.count()) > 0 ? await gradient.textContent() : 'none';
      shown[id] = `${value} over ${back}`;
    }
    return shown;
  }

  /** The ids of the selected nodes, in order. */
  async selected(): Promise<readonly (string | null)[]> {
    const found = this.page.locator('.react-flow__node.selected');
    return (
      await found.evaluateAll((list) => list.map((each) => each.getAttribute('data-id')))
    ).sort();
  }

  /** Selects nodes by clicks. */
  async pick(...ids: string[]): Promise<void> {
    for (const [at, id] of ids.entries()) {
      await this.node(id).click({
        position: { x: 8, y: 8 },
        modifiers: at > 0 ? ['Shift'] : [],
      });
    }
  }

  /** What the undo button says. */
  undoName(): Promise<string | null> {
    return this.page.getByRole('button', { name: 'Undo' }).getAttribute('title');
  }

  /** The longest time, in milliseconds, for which the page's thread does nothing else, until it is `enough`. */
  longestPause(): Promise<number> {
    return this.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let longest = 0;
          let last = performance.now();
          const timer = setInterval(() => {
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
          }, 4);
          const end = () => {
            clearInterval(timer);
            resolve(longest);
          };
          window.addEventListener('enough', end, { once: true });
        }),
    );
  }

  async enough(): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event('enough')));
  }

  /** Opens a worked example by the menu. */
  async example(topic: string, title: string): Promise<void> {
    await this.page.getByRole('button', { name: 'File', exact: true }).click();
    for (const name of ['New from example', topic]) {
      await this.page.getByRole('menuitem', { name, exact: true }).click();
    }
    await this.page.getByRole('menuitem', { name: title, exact: true }).click();
    await this.page.getByRole('menu').first().waitFor({ state: 'detached' });
  }

  /** A press on the empty canvas, so that keys reach the page. */
  async clickCanvas(): Promise<void> {
    const { x, y, width, height } = await boxOf(this.page.getByTestId('canvas'));
    await this.page.mouse.click(x + width * 0.5, y + height * 0.88);
  }
}

export async function boxOf(
  locator: Locator,
): Promise<Point & { readonly width: number; readonly height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`Nothing is to be seen of ${locator}.`);
  return box;
}

export async function centerOf(locator: Locator): Promise<Point> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}

/** Builds f = (x + y)·z at 2, 3, 4 from an empty document, as a person would, and makes it the loss. */
export async function buildProduct(hands: EditorHands): Promise<void> {
  const { page } = hands;
  await hands.put('input', { x: 110, y: 120 });
  await hands.put('input', { x: 110, y: 240 });
  await hands.put('input', { x: 110, y: 380 });
  await hands.put('add', { x: 330, y: 180 });
  await hands.put('mul', { x: 530, y: 280 });
  await hands.type('x', '2');
  await hands.type('y', '3');
  await hands.type('z', '4');
  await hands.connect('x', 'add', 'a');
  await hands.connect('y', 'add', 'b');
  await hands.connect('add', 'mul', 'a');
  await hands.connect('z', 'mul', 'b');
  await page.getByRole('button', { name: 'Use as loss' }).first().click();
}

/** What the wires of that graph show once it is built, in the order they were drawn. */
export const productWires = {
  wire: '2 over 4',
  wire2: '3 over 4',
  wire3: '5 over 4',
  wire4: '4 over 5',
};
