import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { type Desktop, launch } from './launch.ts';

const source = (id: string, value: number, x: number, y: number) => ({
  id,
  position: { x, y },
  op: 'input',
  label: id,
  attrs: { shape: [], batched: false, value },
});
const gate = (id: string, op: string, x: number, y: number) => ({
  id,
  op,
  label: id,
  position: { x, y },
});
const wire = (id: string, from: string, to: string, port: string) => ({
  id,
  from: { node: from, port: 'out' },
  to: { node: to, port },
});

/** L = d·(a·b + c) + a·k with the seed 1.13: a fans out, and no gradient but the seed is one of the values. */
const graph = {
  format: 'gradwire',
  version: 1,
  title: 'Leaks',
  nodes: [
    source('a', 1.37, 0, 200),
    source('b', 2.91, 0, 0),
    source('c', -0.83, 250, -100),
    source('d', 7.19, 500, -150),
    source('k', 3.41, 0, 400),
    gate('u', 'mul', 280, 60),
    gate('v', 'add', 530, 20),
    gate('p', 'mul', 780, 0),
    gate('q', 'mul', 400, 330),
    gate('L', 'add', 1030, 160),
  ],
  wires: [
    wire('au', 'a', 'u', 'a'),
    wire('bu', 'b', 'u', 'b'),
    wire('uv', 'u', 'v', 'a'),
    wire('cv', 'c', 'v', 'b'),
    wire('vp', 'v', 'p', 'a'),
    wire('dp', 'd', 'p', 'b'),
    wire('aq', 'a', 'q', 'a'),
    wire('kq', 'k', 'q', 'b'),
    wire('pL', 'p', 'L', 'a'),
    wire('qL', 'q', 'L', 'b'),
  ],
  loss: { node: 'L', seed: 1.13 },
};

/**
 * By hand, to three digits, rounded and cut: on v, u and c 1.13·7.19 = 8.1247, on d 1.13·3.1567 = 3.567071,
 * on a by u 8.1247·2.91 = 23.642877, on b 8.1247·1.37 = 11.130839, on k 1.13·1.37 = 1.5481, on a by q
 * 1.13·3.41 = 3.8533, and a's total 27.496177.
 */
const hidden = ['8.12', '3.56', '3.57', '23.6', '11.1', '1.54', '1.55', '3.85', '27.49', '27.5'];

let folder: string;
let desktop: Desktop;
let hands: EditorHands;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradwire-leaks-'));
  const path = join(folder, 'leaks.gradwire');
  writeFileSync(path, JSON.stringify(graph));
  desktop = await launch({ args: [path] });
  hands = new EditorHands(desktop.page);
  desktop.page.setDefaultTimeout(6000);
  await hands.ready();
  await hands.node('L').waitFor();
  await hands.workspace('Trace');
});
afterAll(async () => {
  await desktop?.close();
  rmSync(folder, { recursive: true, force: true });
});

const button = (name: string) => hands.page.getByRole('button', { name, exact: true });

/** Every text and every attribute of the page that could be read or heard, and what fields hold. */
function everything(): Promise<string> {
  return hands.page.evaluate(() => {
    const told: string[] = [document.title];
    // Piece by piece: put together, 1.37 over 8.12 would read as 1.378.12.
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) told.push(texts.currentNode.textContent ?? '');
    for (const element of document.querySelectorAll('*')) {
      // Where things lie is no answer.
      for (const { name, value } of element.attributes) {
        if (/^(aria-|data-|title$|alt$|value$|placeholder$)/.test(name)) told.push(value);
      }
      if (element instanceof HTMLInputElement) told.push(element.value);
    }
    return told.join('\n');
  });
}

/** What tells a hidden number, as it stands on the page. */
async function leaks(): Promise<readonly string[]> {
  const pieces = (await everything()).split('\n');
  return pieces.filter((piece) =>
    hidden.some((number) => new RegExp(`(?<![\\d.])${number.replace('.', '\\.')}`).test(piece)),
  );
}

describe('while the quiz asks', () => {
  it('would find the numbers where nothing is hidden', async () => {
    await hands.workspace('Build');
    await hands.wire('au').locator('.value').first().click();
    const shown = await leaks();
    for (const number of ['8.12', '3.85', '1.54', '23.6', '27.5']) {
      expect(shown.some((piece) => piece.includes(number))).toBe(true);
    }
    await hands.clickCanvas();
    await hands.workspace('Trace');
  });

  it('no wire, node, card or dialog tells a gradient that is hidden', async () => {
    await button('Quiz').click();
    expect(await leaks()).toEqual([]);
    for (const { id } of graph.wires) {
      await hands.wire(id).locator('.value').first().click();
      expect([id, await leaks()]).toEqual([id, []]);
    }
    for (const { id } of graph.nodes) {
      await hands.node(id).click({ position: { x: 30, y: 8 } });
      expect([id, await leaks()]).toEqual([id, []]);
    }
    await hands.wire('au').locator('.value').first().click();
    await button('Enlarge the story').click();
    await hands.page.getByRole('dialog').waitFor();
    expect(await leaks()).toEqual([]);
    await hands.page.keyboard.press('Escape');
    await hands.page.getByRole('dialog').waitFor({ state: 'detached' });
    await hands.clickCanvas();
    await hands.wire('dp').locator('.value').first().hover();
    await hands.page.getByTestId('hover-card').waitFor();
    expect(await leaks()).toEqual([]);
  });

  it('no question and no hint tells it, nor another that is still asked for', async () => {
    for (const { id } of graph.wires) {
      const ask = hands.wire(id).locator('.quiz-ask');
      if ((await ask.count()) === 0) continue;
      await ask.click();
      for (const hint of ['Hint: which rule', 'Hint: which numbers']) await button(hint).click();
      expect([id, await leaks()]).toEqual([id, []]);
      await hands.page.locator('.quiz-field').fill('9999');
      await hands.page.locator('.quiz-field').press('Enter');
      expect([id, await leaks()]).toEqual([id, []]);
    }
  });

  it('the story of an answered wire waits for what arrives from above', async () => {
    await hands.wire('cv').locator('.quiz-ask').click();
    await hands.page.locator('.quiz-field').fill('8.1247');
    await hands.page.locator('.quiz-field').press('Enter');
    await hands.page.locator('.quiz-field').waitFor({ state: 'detached' });
    await hands.wire('cv').locator('.value').first().click();
    expect(await hands.inspector().textContent()).toContain('still asked for');
    const others = (await leaks()).filter((piece) => !piece.includes('8.12'));
    expect(others).toEqual([]);
  });

  it('about one wire of a fan-out alone: neither it nor the total is told, its sibling is', async () => {
    await button('End the quiz').click();
    await hands.wire('aq').locator('.value').first().click();
    await button('Quiz').click();
    const given = async () => (await leaks()).filter((piece) => /3\.85|27\.49|27\.5/.test(piece));
    expect((await leaks()).some((piece) => piece.includes('23.6'))).toBe(true);
    for (const id of ['aq', 'au', 'kq', 'qL']) {
      await hands.wire(id).locator('.value').first().click();
      expect([id, await given()]).toEqual([id, []]);
    }
    for (const id of ['a', 'q', 'L']) {
      await hands.node(id).click({ position: { x: 30, y: 8 } });
      expect([id, await given()]).toEqual([id, []]);
    }
  });
});
