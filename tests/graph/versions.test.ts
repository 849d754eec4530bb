import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentVersion, readDocument, toFile, writeDocument } from '#graph';
import { catalogue } from '#ops';

const folder = join(import.meta.dirname, '../fixtures/versions');
const fixtures = readdirSync(folder);

describe('documents of every released version', () => {
  it('are kept, one for each', () => {
    const versions = Array.from({ length: currentVersion }, (_, at) => `${at + 1}.gradwire`);
    expect(fixtures.sort()).toEqual(versions.sort());
  });

  it.each(fixtures)('%s opens whole, and is written in today’s version', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const { document, repairs } = readDocument(text, catalogue);
    expect(repairs).toEqual([]);
    expect(document.title).toBe('Everything that version 1 knows');
    const written = writeDocument(document, catalogue);
    expect(toFile(document, catalogue).version).toBe(currentVersion);
    expect(readDocument(written, catalogue).document).toEqual(document);
  });
});
