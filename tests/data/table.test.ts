import { describe, expect, it } from 'vitest';
import {
  DataError,
  type DataSet,
  defaultDataSettings,
  type Field,
  gatherRows,
  type PartialDataSettings,
  prepareDataSet,
  readDataSet,
} from '#data';
import { sizeOf } from '#tensor';
import { inPieces, sourceOf } from './sources.ts';

const settingsOf = (settings: PartialDataSettings) => ({
  ...defaultDataSettings,
  ...settings,
  augmentation: defaultDataSettings.augmentation,
});

const read = (text: string, settings: PartialDataSettings = {}, file = 'table.csv') =>
  readDataSet(sourceOf({ [file]: text }), settingsOf(settings));

/** All rows of a field. */
function rowsOf(data: DataSet, name: string, part: 'train' | 'test' | 'validation' = 'train') {
  const field = data[part]?.get(name);
  if (!field) throw new Error(`no field ${name}`);
  return rowsIn(field);
}

function rowsIn(field: Field): number[][] {
  const width = sizeOf(field.shape);
  const order = Array.from({ length: field.count }, (_, at) => at);
  const into = new Float32Array(width * field.count);
  gatherRows(field, order, 0, into);
  return order.map((row) => [...into.subarray(row * width, (row + 1) * width)]);
}

const flowers = 'length,width,kind\n1.5,2,red\n3,4.25,blue\n5,6,red\n';

describe('a table', () => {
  it('gives numbers as x and its last column as y, and every column by its name', async () => {
    const data = await read(flowers);
    expect(rowsOf(data, 'x')).toEqual([
      [1.5, 2],
      [3, 4.25],
      [5, 6],
    ]);
    expect(rowsOf(data, 'y')).toEqual([[1], [0], [1]]);
    expect(rowsOf(data, 'width')).toEqual([[2], [4.25], [6]]);
    expect(data.train.get('y')).toMatchObject({ classes: 2, classNames: ['blue', 'red'] });
    expect(data).toMatchObject({
      target: 'kind',
      columns: [
        { name: 'length', type: 'number', missing: 0 },
        { name: 'width', type: 'number', missing: 0 },
        { name: 'kind', type: 'label', missing: 0 },
      ],
    });
  });

  const variants: Readonly<Record<string, string>> = {
    'semicolons and decimal commas': 'length;width;kind\n1,5;2;red\n3;4,25;blue\n5;6;red\n',
    tabs: flowers.replaceAll(',', '\t'),
    bars: flowers.replaceAll(',', '|'),
    'Windows line ends': flowers.replaceAll('\n', '\r\n'),
    'old line ends': flowers.replaceAll('\n', '\r'),
    'a byte order mark': `\ufeff${flowers}`,
    'no last line end': flowers.trimEnd(),
    'empty lines': flowers.replaceAll('\n', '\n\n'),
    'spaces around': flowers.replaceAll(',', ' , '),
    quotes: '"length","width","kind"\n"1.5","2","red"\n"3","4.25","blue"\n"5","6","red"\n',
  };
  it.each(Object.entries(variants))('is the same with %s', async (_, text) => {
    const data = await read(text);
    expect(rowsOf(data, 'x')).toEqual(rowsOf(await read(flowers), 'x'));
    expect(data.train.get('y')?.classNames).toEqual(['blue', 'red']);
    expect([...data.train.keys()]).toEqual(['x', 'y', 'length', 'width', 'kind']);
  });

  it('is the same in UTF-16 and in windows-1252', async () => {
    const text = 'a,kind\n1,größer\n2,klein\n3,größer\n';
    const wide = new Uint8Array(2 + 2 * text.length);
    wide.set([0xff, 0xfe]);
    for (let at = 0; at < text.length; at++) {
      wide[2 + 2 * at] = text.charCodeAt(at) & 255;
      wide[3 + 2 * at] = text.charCodeAt(at) >> 8;
    }
    const narrow = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    for (const bytes of [wide, narrow]) {
      const data = await readDataSet(sourceOf({ 't.csv': bytes }), defaultDataSettings);
      expect(data.train.get('y')?.classNames).toEqual(['größer', 'klein']);
    }
  });

  it.each([1, 2, 3, 7])('is the same in pieces of %i bytes', async (length) => {
    const text = 'name,n,kind\r\n"a ""b"",\r\nc",1,x\r\n"ü",2,y\r\nplain,3,x\r\n';
    const whole = await read(text, { columns: { name: 'category' } });
    const source = inPieces(sourceOf({ 'table.csv': text }), length);
    const data = await readDataSet(source, settingsOf({ columns: { name: 'category' } }));
    expect(data.train.get('name')?.classNames).toEqual(['a "b",\r\nc', 'plain', 'ü']);
    expect(data.train).toEqual(whole.train);
  });

  it('without a header has numbered columns', async () => {
    const data = await read('1,2,a\n3,4,b\n5,6,a\n');
    expect(data.columns?.map(({ name }) => name)).toEqual(['column 1', 'column 2', 'column 3']);
    expect(data.train.get('x')?.count).toBe(3);
  });

  it('takes few whole numbers in the target as classes, and others as numbers', async () => {
    const digits = Array.from({ length: 30 }, (_, at) => `${at / 7},${at % 3}`).join('\n');
    expect((await read(`a,label\n${digits}`)).train.get('y')).toMatchObject({
      classes: 3,
      classNames: ['0', '1', '2'],
    });
    const lengths = Array.from({ length: 30 }, (_, at) => `${at / 7},${at * 1.5}`).join('\n');
    expect((await read(`a,b\n${lengths}`)).train.get('y')?.classes).toBeUndefined();
    const chosen = await read(`a,label\n${digits}`, { columns: { label: 'number' } });
    expect(chosen.train.get('y')?.classes).toBeUndefined();
  });

  it('keeps a class that no example has', async () => {
    const rows = [0, 1, 3, 0, 1, 3].map((label, at) => `${at}.5,${label}`).join('\n');
    expect((await read(`a,label\n${rows}`)).train.get('y')?.classNames).toEqual([
      '0',
      '1',
      '2',
      '3',
    ]);
  });

  it('puts categories into x as ones and zeros, or as an index', async () => {
    const text = 'size,colour,y\n1,red,0.1\n2,green,0.7\n3,blue,2.9\n';
    expect(rowsOf(await read(text), 'x')).toEqual([
      [1, 0, 0, 1],
      [2, 0, 1, 0],
      [3, 1, 0, 0],
    ]);
    expect(rowsOf(await read(text, { categories: 'index' }), 'x')).toEqual([
      [1, 2],
      [2, 1],
      [3, 0],
    ]);
  });

  it('does with columns what it is told', async () => {
    const data = await read('id,a,b,y\n1,2,3,4\n2,3,5,4.5\n3,4,5,6\n', {
      target: 'a',
      columns: { b: 'category', y: 'ignore' },
    });
    expect(data.columns?.map(({ type }) => type)).toEqual([
      'ignore',
      'number',
      'category',
      'ignore',
    ]);
    expect(rowsOf(data, 'x')).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
    expect(rowsOf(data, 'y')).toEqual([[2], [3], [4]]);
  });

  const gaps = 'a,c,y\n1,u,0.5\n?,v,0.25\n3,,0.75\n5,u,NA\n8,u,0.1\n';

  it('fills missing numbers with the mean of what is trained on, and has a category for missing texts', async () => {
    const settings = settingsOf({ validation: 0 });
    const data = prepareDataSet(await read(gaps), settings);
    expect(rowsOf(data, 'x')).toEqual([
      [1, 0, 1, 0],
      [4, 0, 0, 1],
      [3, 1, 0, 0],
      [8, 0, 1, 0],
    ]);
    expect(data.train.get('c')?.classNames).toEqual(['missing', 'u', 'v']);
    expect(data.notes).toEqual(['1 row of “table.csv” with missing values was left out.']);
    expect(data.columns?.map(({ missing }) => missing)).toEqual([1, 1, 1]);
  });

  it('leaves out rows with missing values, where that is wanted', async () => {
    const data = await read(gaps, { missing: 'drop' });
    expect(rowsOf(data, 'a')).toEqual([[1], [8]]);
    expect(data.notes).toEqual(['3 rows of “table.csv” with missing values were left out.']);
  });

  it('keeps an even draw of the rows where there is a limit, the same for the same seed', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => `${at},${at % 2}`).join('\n');
    const draw = async (seed: number) =>
      rowsOf(await read(`a,y\n${rows}`, { limit: 100, seed }), 'a').flat();
    const first = await draw(1);
    expect(new Set(first).size).toBe(100);
    expect(await draw(1)).toEqual(first);
    expect(await draw(2)).not.toEqual(first);
    const mean = first.reduce((sum, row) => sum + row, 0) / 100;
    expect(Math.abs(mean - 2500)).toBeLessThan(600);
  });

  it('comes in parts, in which a category means the same', async () => {
    const source = sourceOf({
      'test.csv': 'c,y\nnew,1.5\nred,2.5\n',
      'train.csv': 'c,y\nred,0.5\nblue,0.25\n',
    });
    const data = await readDataSet(source, defaultDataSettings);
    expect(data.train.get('c')?.classNames).toEqual(['blue', 'new', 'red']);
    expect(rowsOf(data, 'x', 'test')).toEqual([
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  it.each<[string, string, RegExp, PartialDataSettings?]>([
    ['with a short row', 'a,b\n1,2\n3\n5,6\n', /^Line 3 of “table\.csv” has 1 value instead of 2/],
    ['with a long row', 'a,b\n1,2\n\n3,4,5\n', /^Line 4 of “table\.csv” has 3 values instead of 2/],
    ['with a short row after a long cell', 'a,b\n1,"x\ny"\n3\n', /^Line 4 of/],
    ['with two columns of a name', 'a,b,a\n1,2,3\n', /calls two columns “a”, the 1\. and the 3\./],
    ['of nothing', '', /has no rows/],
    ['of a header alone', 'a,b\n', /has no rows/],
    ['of one row that is called a header', 'a,b\n', /has no rows/, { header: true }],
    [
      'with no value in the target',
      'a,y\n1,?\n2,\n',
      /has no rows/,
      { target: 'y', columns: { y: 'number' } },
    ],
    ['with a quote left open', 'a,b\n1,2\n3,"4\n5,6\n', /Line 3 of “table\.csv” opens a quote/],
    [
      'that is infinite',
      'a,y\n1,2\ninf,3\n',
      /Line 3 of “table\.csv”, column “a”: “inf” is not finite/,
    ],
    ['beyond float32', 'a,y\n1,2\n1e300,3\n', /“1e300” is not finite/],
    ['with no such target', 'a,b\n1,2\n', /has no column “c”; it has “a”, “b”/, { target: 'c' }],
    ['with no such column', 'a,b\n1,2\n', /has no column “c”/, { columns: { c: 'number' } }],
    [
      'whose target is ignored',
      'a,b\n1,2\n',
      /target “a” .* ignored/,
      { target: 'a', columns: { a: 'ignore' } },
    ],
    [
      'with a text among numbers',
      'a,b\n1,2\nx,3\n',
      /Line 3 .*column “a”: “x” is no number/,
      { columns: { a: 'number' } },
    ],
  ])('%s is refused with a sentence', async (_, text, sentence, settings) => {
    const reading = read(text, settings);
    await expect(reading).rejects.toThrow(DataError);
    await expect(reading).rejects.toThrow(sentence);
  });

  it('names the line of a text among numbers, far behind the rows that types are guessed from', async () => {
    const rows = Array.from({ length: 3000 }, (_, at) => `${at}.5,${at}`);
    rows[2500] = 'oops,1';
    await expect(read(`a,b\n${rows.join('\n')}`)).rejects.toThrow(
      /^Line 2502 of .*“oops” is no number/,
    );
  });

  it('that is no text is refused', async () => {
    const source = sourceOf({ 'photo.csv': Uint8Array.from([137, 80, 78, 71, 0, 0, 1]) });
    await expect(readDataSet(source, defaultDataSettings)).rejects.toThrow(
      /“photo\.csv” is no table/,
    );
  });

  it('alone may have the ending of any text, as tables of UCI do', async () => {
    expect((await read('5.1,3.5,a\n4.9,3,b\n', {}, 'iris.data')).train.get('x')?.count).toBe(2);
    const source = sourceOf({ 'notes.txt': 'a,b\n1,2\n', 'other.bin': 'x' });
    await expect(readDataSet(source, defaultDataSettings)).rejects.toThrow(/no data this program/);
    await expect(readDataSet(sourceOf({}), defaultDataSettings)).rejects.toThrow(/has no files/);
  });

  it('one among several without parts has to be chosen', async () => {
    const source = sourceOf({ 'a.csv': flowers, 'b.csv': flowers });
    await expect(readDataSet(source, defaultDataSettings)).rejects.toThrow(/several tables/);
  });
});
