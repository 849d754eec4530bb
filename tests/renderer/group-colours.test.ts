import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { operationGroups } from '#ops';

const styles = resolve(import.meta.dirname, '../../renderer/styles');
const css = ['tokens.css', 'group-colours.css']
  .map((name) => readFileSync(resolve(styles, name), 'utf8'))
  .join('\n');

type Color = readonly [number, number, number];

/** The colours that a block of the style sheets sets. */
function colors(selector: string): ReadonlyMap<string, Color> {
  const found = new Map<string, Color>();
  for (const part of css.split(`\n${selector} {`).slice(1)) {
    for (const [, name = '', hex = ''] of part
      .slice(0, part.indexOf('}'))
      .matchAll(/--([\w-]+): #([0-9a-f]{6});/g)) {
      const at = (start: number) => linear(Number.parseInt(hex.slice(start, start + 2), 16) / 255);
      found.set(name, [at(0), at(2), at(4)]);
    }
  }
  return found;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

type Matrix = readonly [Color, Color, Color];

const times = (matrix: Matrix, [r, g, b]: Color): Color => {
  const row = ([x, y, z]: Color) => x * r + y * g + z * b;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
};

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const eyes: Readonly<Record<string, Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'without red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'without green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'without blue cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Ottosson's OKLab, in which distances are alike to the eye. */
function lab(color: Color): Color {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    color,
  );
  const [l, m, s] = cones;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

function distance(a: Color, b: Color): number {
  const [first, second] = [lab(a), lab(b)];
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}

function contrast(a: Color, b: Color): number {
  const luminance = ([r, g, blue]: Color) => 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const themes = {
  light: ':root',
  dark: ':root[data-theme="dark"]',
  'high contrast': ':root[data-theme="contrast"]',
};

for (const [theme, selector] of Object.entries(themes)) {
  const all = colors(selector);
  const of = (name: string): Color => {
    const color = all.get(name);
    if (!color) throw new Error(`${theme} has no --${name}`);
    return color;
  };

  test(`the colours of groups stand out from what they lie on, ${theme}`, () => {
    for (const group of operationGroups) {
      expect(contrast(of(`group-${group}`), of('panel')), group).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(Object.entries(eyes))(`are told apart, ${theme}, by eyes %s`, (_, eye) => {
    const seen = (name: string) => times(eye, of(name));
    for (const [at, group] of operationGroups.entries()) {
      for (const meaning of ['value', 'gradient']) {
        const apart = distance(seen(`group-${group}`), seen(meaning));
        expect(apart, `${group} and ${meaning}`).toBeGreaterThan(0.075);
      }
      for (const other of operationGroups.slice(at + 1)) {
        const apart = distance(seen(`group-${group}`), seen(`group-${other}`));
        expect(apart, `${group} and ${other}`).toBeGreaterThan(0.05);
      }
    }
  });
}

test('text and lines have 7:1 in high contrast', () => {
  const all = colors(themes['high contrast']);
  const panel = all.get('panel');
  const meant = 'ink dim faint line value gradient local validation train'.split(' ');
  for (const name of meant) {
    const color = all.get(name);
    if (!color || !panel) throw new Error(`There is no --${name}.`);
    expect(contrast(color, panel), name).toBeGreaterThanOrEqual(7);
  }
});
