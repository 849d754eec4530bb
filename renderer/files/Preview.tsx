import { useEffect, useState } from 'react';
import { type GraphDocument, GraphError } from '#graph';
import type { Outcome } from '../host/index.ts';
import { useServices } from '../store/index.ts';
import { filing } from '../strings/en-files.ts';
import { Picture } from './Picture.tsx';
import { readText } from './reader.ts';

interface PreviewProps {
  /** Of what it is a preview; another one loads another. */
  readonly id: string;
  load(): Promise<Outcome<{ readonly text: string }>>;
}

type Shown = { readonly document: GraphDocument } | { readonly why: string } | null;

/** What a kept document looks like: a small picture, its title and how much is in it. */
export function Preview({ id, load }: PreviewProps) {
  const { store } = useServices();
  const [shown, setShown] = useState<Shown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id says what is loaded, whoever asks
  useEffect(() => {
    let current = true;
    setShown(null);
    void read(load, store.getState().registry).then((found) => current && setShown(found));
    return () => {
      current = false;
    };
  }, [id, store]);
  if (shown === null) return <p className="quiet-text">{filing.loading}</p>;
  if ('why' in shown) return <p className="quiet-text">{shown.why}</p>;
  const { title, nodes, wires } = shown.document;
  return (
    <figure className="file-preview">
      <Picture document={shown.document} />
      <figcaption>
        {title && <span className="file-title">{title}</span>}
        <span className="quiet-text">{filing.counts(nodes.length, wires.length)}</span>
      </figcaption>
    </figure>
  );
}

async function read(
  load: PreviewProps['load'],
  registry: Parameters<typeof readText>[1],
): Promise<Shown> {
  const loaded = await load();
  if (!loaded.ok) return { why: loaded.message };
  try {
    return { document: (await readText(loaded.value.text, registry)).document };
  } catch (error) {
    if (error instanceof GraphError) return { why: error.message };
    throw error;
  }
}
