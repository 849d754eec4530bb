import { readFile, stat } from 'node:fs/promises';
import { type GraphDocument, GraphError, readDocument } from '#graph';
import { catalogue } from '#ops';

/** Larger files are refused before they are read. */
const maximumBytes = 1024 ** 3;

/**
 * Reads a document for a command. A script must not go on with half a document, so anything that a
 * window would repair and report is an error here. Throws one sentence that names what is wrong.
 */
export async function loadDocument(path: string): Promise<GraphDocument> {
  const { document, repairs } = readDocument(await readText(path), catalogue);
  const [first] = repairs;
  // Nothing is left out here, so the sentence is the fault's own.
  if (first) throw first.cause ?? first;
  return document;
}

async function readText(path: string): Promise<string> {
  let bytes: number;
  try {
    const info = await stat(path);
    if (!info.isFile()) throw new GraphError('not-a-document', `${path} is not a file.`);
    bytes = info.size;
  } catch (error) {
    if (error instanceof GraphError) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new GraphError(
      'not-a-document',
      missing ? `There is no file ${path}.` : `The file ${path} cannot be read.`,
    );
  }
  if (bytes > maximumBytes) {
    throw new GraphError('not-a-document', `The file ${path} is larger than 1 GiB.`);
  }
  return readFile(path, 'utf8');
}
