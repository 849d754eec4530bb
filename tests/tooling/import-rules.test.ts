import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bin } from '../../scripts/lib/run.mjs';

const root = resolve(import.meta.dirname, '../..');

/** Who may import whom, written out a second time so that biome.json cannot drift unnoticed. */
const core: Readonly<Record<string, readonly string[]>> = {
  tensor: [],
  ops: ['#tensor'],
  graph: ['#tensor', '#ops'],
  data: ['#tensor', '#ops'],
  trace: ['#tensor', '#ops', '#graph'],
  formula: ['#tensor', '#ops', '#graph'],
  export: ['#tensor', '#ops', '#graph', '#trace'],
  diagnose: ['#tensor', '#ops', '#graph', '#trace'],
  train: ['#tensor', '#ops', '#graph', '#trace', '#data'],
  lessons: [
    ...['#tensor', '#ops', '#graph', '#data', '#trace'],
    ...['#formula', '#diagnose', '#train', '#export'],
  ],
};

const coreImports = Object.keys(core).map((name) => `#${name}`);
const coreFiles = Object.keys(core).map((name) => `src/${name}/probe.ts`);
const inCore = (...specifiers: string[]) => coreFiles.map((file): Case => [file, specifiers]);

/** A file and what it imports. */
type Case = readonly [file: string, specifiers: readonly string[]];

const refused: Readonly<Record<string, readonly Case[]>> = {
  'a folder that does not stand below it': Object.entries(core).flatMap(([name, allowed]) => {
    const others = [...coreImports, '#desktop'].filter((one) => !allowed.includes(one));
    return [
      [`src/${name}/probe.ts`, others],
      [`src/${name}/deeper/probe.ts`, others],
    ] satisfies Case[];
  }),
  'the index of its own folder': [
    ...inCore('./index.ts', '.', './'),
    ['src/ops/deeper/probe.ts', ['../index.ts', '..']],
  ],
  'another folder by a relative path': [
    ['src/ops/probe.ts', ['../tensor/index.ts', '../tensor/nd-array.ts']],
    ['src/train/deeper/probe.ts', ['../../graph/index.ts', '../../data/mnist.ts']],
    ['src/graph/probe.ts', ['../../renderer/main.tsx', '../cli.ts', '../../electron.main.ts']],
    ['src/cli.ts', ['./trace/index.ts']],
    ['src/cli/probe.ts', ['../graph/index.ts', '../cli.ts']],
    ['renderer/canvas/probe.tsx', ['../../src/graph/index.ts', '../../src/cli.ts']],
  ],
  'a file behind another folder’s index': [
    ['src/trace/probe.ts', ['#graph/edit.ts']],
    ['src/cli.ts', ['#graph/edit.ts']],
    ['renderer/probe.tsx', ['#graph/edit.ts']],
  ],
  'Electron, outside the desktop': [
    ...inCore('electron', 'electron/main'),
    ['src/cli.ts', ['electron']],
    ['renderer/probe.tsx', ['electron', 'electron/renderer']],
  ],
  'React, under src/': [
    ...inCore('react', 'react/jsx-runtime', 'react-dom/client', '@xyflow/react', 'zustand'),
    ['src/desktop/probe.ts', ['react']],
    ['src/cli.ts', ['react']],
  ],
  'Node, in what also runs in a page': [
    ...inCore('node:fs', 'fs'),
    ['renderer/probe.tsx', ['node:fs', 'path']],
  ],
  'the desktop, from a page or the command line': [
    ['renderer/probe.tsx', ['#desktop']],
    ['src/cli.ts', ['#desktop']],
  ],
  'more than the desktop, from the app’s entry': [
    ['electron.main.ts', ['#graph', './src/desktop/index.ts']],
  ],
};

const accepted: readonly Case[] = [
  ...Object.entries(core).map(([name, allowed]): Case => [`src/${name}/probe.ts`, allowed]),
  ['src/ops/deeper/probe.ts', ['../rule.ts', './other.ts', '#tensor', 'mathjs']],
  ['src/desktop/probe.ts', ['electron', 'node:fs', '#graph', './menu.ts']],
  ['src/cli.ts', [...coreImports, 'node:fs', './cli/main.ts']],
  ['src/cli/probe.ts', [...coreImports, 'node:fs', './io.ts']],
  ['src/desktop/deeper/probe.ts', ['../data.ts', './trace.ts', './train/plan.ts']],
  ['renderer/canvas/probe.tsx', [...coreImports, 'react', '../host/host.ts']],
  ['electron.main.ts', ['#desktop', 'electron']],
];

const report = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }) }),
    }),
  ),
});

/**
 * Lets Biome judge imports under this project's own configuration, all in one run.
 * @returns the refused ones, as "file ← specifier"
 */
function refusals(cases: readonly Case[]): Set<string> {
  const files = new Map<string, Set<string>>();
  for (const [file, specifiers] of cases) {
    files.set(file, new Set([...(files.get(file) ?? []), ...specifiers]));
  }
  const folder = mkdtempSync(join(tmpdir(), 'gradwire-imports-'));
  try {
    const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: undefined }));
    cpSync(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
    for (const [file, specifiers] of files) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, [...specifiers].map((one) => `import '${one}';\n`).join(''));
    }
    const rules = ['style/noRestrictedImports', 'correctness/noNodejsModules'];
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [bin('biome'), 'lint', '--reporter=json', '--max-diagnostics=none', '.'],
      { cwd: folder, encoding: 'utf8' },
    );
    if (stdout === '') throw new Error(`Biome reported nothing: ${stderr}`);
    const { diagnostics } = report.parse(JSON.parse(stdout));
    const named = diagnostics
      .filter(({ category }) => rules.some((rule) => category === `lint/${rule}`))
      .map(({ location: { path, start } }) => {
        const specifier = [...(files.get(path) ?? [])][start.line - 1];
        return `${path} ← ${specifier}`;
      });
    return new Set(named);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const named = (cases: readonly Case[]) =>
  cases.flatMap(([file, specifiers]) => specifiers.map((one) => `${file} ← ${one}`));

describe('the import rules between folders', () => {
  let found = new Set<string>();
  beforeAll(() => {
    found = refusals([...Object.values(refused).flat(), ...accepted]);
  });

  it.each(Object.entries(refused))('refuse to import %s', (_, cases) => {
    expect(named(cases).filter((one) => !found.has(one))).toEqual([]);
  });

  it('let through everything that the design allows', () => {
    expect(named(accepted).filter((one) => found.has(one))).toEqual([]);
  });
});
