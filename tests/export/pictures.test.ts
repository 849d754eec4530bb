import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  onnxModel,
  picture,
  pyTorch,
  toCsv,
  toDot,
  toMarkdown,
  toNumpy,
  toPdf,
  toSvg,
  toTikz,
} from '#export';
import { type GraphDocument, readParsed } from '#graph';
import { catalogue } from '#ops';
import { defaultDisplay, Numbers, type Trace, trace } from '#trace';
import { readFonts } from '../../src/cli/fonts.ts';
import { type ExportCase, lessonCases } from './cases.ts';
import { missing, pythonWith, run } from './consumers.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

const look = {
  theme: 'light',
  numbers: new Numbers(defaultDisplay),
  values: true,
  gradients: true,
  paper: true,
} as const;

const drawn = (traced: Trace, step?: number) => picture(traced, catalogue, { ...look, step });

/** Names that mean something else somewhere. */
const hostileNames = [
  '</text><script>alert(1)</script>',
  '100% & $\\alpha_1^{2}$ #~',
  '\\input{/etc/passwd}',
  'a"b\'c`d',
  'line\nbreak\r\n\ttab',
  '名前 ω̂ ñ é ﬁ 😀',
  'class',
  'lambda',
  '2x',
  '',
  'np',
  'N',
  'x',
  'x',
  '"); import os; os.system("touch /tmp/pwned") #',
  '=HYPERLINK("http://x")',
  '$$ \n```\n<img src=x onerror=alert(1)>',
  '\u0000\u0007\u202e',
];

/** A sum of sources with hostile names, in a frame with one and beside a note of all. */
function hostile(): GraphDocument {
  const sources = hostileNames.map((label, at) => ({
    id: `n${at}`,
    op: 'input',
    label,
    attrs: { value: at + 1 },
    position: { x: 0, y: 90 * at },
  }));
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const { document, repairs } = readParsed(
    {
      format: 'gradwire',
      version: 1,
      title: hostileNames.join(' '),
      nodes: [
        ...sources,
        { id: 'sum', op: 'add', label: '</script>%', position: { x: 400, y: 500 } },
      ],
      wires: sources.map(({ id }, at) => ({
        id: `w${at}`,
        from: { node: id, port: 'out' },
        to: { node: 'sum', port: letters[at] },
        name: hostileNames[at],
      })),
      loss: { node: 'sum' },
      frames: [{ id: 'f', title: hostileNames.join(' '), nodes: ['n0', 'n1'] }],
      notes: [{ id: 'm', text: hostileNames.join('\n'), position: { x: 600, y: 0 }, width: 200 }],
    },
    catalogue,
  );
  expect(repairs).toEqual([]);
  return document;
}

const attack: ExportCase = { name: 'hostile', traced: trace(hostile(), catalogue) };
const cases = [...lessonCases, attack];

describe('the picture', () => {
  it('holds the name, value and gradient of every wire, and is as large as what is drawn', () => {
    const product = lessonCases.find(({ name }) => name === 'lesson-product')?.traced;
    if (!product) throw new Error('no product');
    const svg = toSvg(drawn(product));
    for (const text of ['>w<', '>20<', '>distributor<', '>f<']) expect(svg).toContain(text);
    const { width, height } = drawn(product);
    expect([width, height]).toEqual([841, 354]);
    expect(
      toSvg(picture(product, catalogue, { ...look, values: false, gradients: false })),
    ).not.toContain('>20<');
  });

  it('shows of a step what the film shows', () => {
    const product = lessonCases.find(({ name }) => name === 'lesson-product')?.traced;
    if (!product) throw new Error('no product');
    const start = toSvg(drawn(product, -1));
    expect(start).toContain('>?<');
    const local = product.steps.findIndex(({ kind }) => kind === 'local');
    expect(toSvg(drawn(product, local))).toContain('#7a3fb0');
  });

  it('draws folded groups, an empty document and one without a loss', () => {
    const { document } = readParsed({ format: 'gradwire', version: 1, nodes: [] }, catalogue);
    expect(toSvg(drawn(trace(document, catalogue)))).toContain('<svg');
    const folded = hostile();
    const frames = folded.frames.map((frame) => ({ ...frame, folded: true }));
    expect(toSvg(drawn(trace({ ...folded, frames, loss: undefined }, catalogue)))).toContain(
      '2 nodes',
    );
  });
});

const python = pythonWith('numpy');

describe.skipIf(!python)(`SVG${python ? '' : ' (skipped: python3 is not installed)'}`, () => {
  it('is well-formed XML without scripts, of every example, step and hostile name', () => {
    for (const { name, traced } of cases) {
      const steps = [undefined, -1, Math.floor(traced.steps.length / 2), traced.steps.length - 1];
      steps.forEach((step, at) => {
        writeFileSync(join(folder, `${name}-${at}.svg`), toSvg(drawn(traced, step)));
      });
    }
    const check = [
      'import sys, glob, xml.dom.minidom as m',
      'for f in glob.glob(sys.argv[1] + "/*.svg"):',
      '    d = m.parse(f)',
      '    names = {e.tagName for e in d.getElementsByTagName("*")}',
      '    assert names <= {"svg", "title", "style", "rect", "path", "text", "tspan"}, (f, names)',
      '    for e in d.getElementsByTagName("*"):',
      '        assert not any(k.startswith("on") for k in e.attributes.keys()), f',
    ].join('\n');
    run(python ?? '', ['-c', check, folder]);
  });
});

const noDot = missing('dot', ['-V']);

describe.skipIf(noDot)(`DOT${noDot ? ` (skipped: ${noDot})` : ''}`, () => {
  it('is read by Graphviz, every example and hostile names', () => {
    for (const { name, traced } of cases) {
      const path = join(folder, `${name}.dot`);
      writeFileSync(path, toDot(traced, catalogue, look));
      const { nodes, wires } = traced.document;
      const plain = run('dot', ['-Tplain', path]).split('\n');
      expect(plain.filter((line) => line.startsWith('node '))).toHaveLength(nodes.length);
      expect(plain.filter((line) => line.startsWith('edge '))).toHaveLength(wires.length);
    }
  }, 60_000);
});

const noLatex = missing('pdflatex', ['--version']);

describe.skipIf(noLatex)(`TikZ${noLatex ? ` (skipped: ${noLatex})` : ''}`, () => {
  it('compiles with pdflatex as it is: examples, steps and hostile names', () => {
    const chosen = [
      'lesson-product',
      'lesson-batch-norm',
      'lesson-residual',
      'lesson-gplvm',
      'hostile',
    ];
    for (const { name, traced } of cases.filter((each) => chosen.includes(each.name))) {
      writeFileSync(
        join(folder, `${name}.tex`),
        toTikz(drawn(traced, name === 'hostile' ? undefined : 3)),
      );
      run(
        'pdflatex',
        ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', `${name}.tex`],
        {
          cwd: folder,
        },
      );
    }
  }, 240_000);
});

const noPoppler = missing('pdftotext', ['-v']);

describe.skipIf(noPoppler)(`PDF${noPoppler ? ` (skipped: ${noPoppler})` : ''}`, () => {
  it('holds its text and its fonts, of every example and hostile names', () => {
    const fonts = readFonts();
    for (const { name, traced } of cases) {
      const path = join(folder, `${name}.picture.pdf`);
      writeFileSync(path, toPdf(drawn(traced), fonts));
      const text = run('pdftotext', [path, '-']);
      const title = traced.document.nodes.find(({ op }) => !catalogue.get(op)?.source);
      expect(text).toContain(catalogue.get(title?.op ?? '')?.title.split(' ')[0] ?? '');
      expect(run('pdffonts', [path])).not.toMatch(/ no {2}(yes|no) /);
    }
    expect(run('pdftotext', [join(folder, 'hostile.picture.pdf'), '-'])).toMatch(/名\s*前/);
  }, 60_000);
});

describe.skipIf(!python)('names that mean something else', () => {
  it('are harmless in code, tables, reports and models', () => {
    const { traced } = attack;
    const check = 'import ast, sys; ast.parse(sys.stdin.read())';
    run(python ?? '', ['-c', check], { input: toNumpy(traced, catalogue) });
    run(python ?? '', ['-c', check], { input: pyTorch(traced, catalogue).code });
    expect(toNumpy(traced, catalogue)).not.toContain('\nimport os');
    expect(toCsv(traced)).not.toMatch(/(^|,)"?=/m);
    const report = toMarkdown(traced, catalogue, look.numbers);
    expect(report).not.toMatch(/(?<!\\)<(script|img)/);
    expect(report.match(/^\$\$$/gm)?.length ?? 0).toBe(
      2 * Math.floor((report.match(/^\$\$$/gm)?.length ?? 0) / 2),
    );
    const { names } = onnxModel(traced, catalogue);
    expect(new Set(names.values()).size).toBe(names.size);
    expect(readFileSync(join(folder, 'hostile-0.svg'), 'utf8')).not.toContain('<script');
  });
});
