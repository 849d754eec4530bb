import { Boxes, X } from 'lucide-react';
import { useStore } from 'zustand';
import { find } from '../search/fuzzy.ts';
import { useServices } from '../store/index.ts';
import { blocking } from '../strings/en-blocks.ts';
import { type Block, blocksStore, removeBlock } from './blocks.ts';
import './blocks.css';

interface BlockEntriesProps {
  /** What is looked for; all blocks without a text. */
  readonly text: string;
  add(block: Block): void;
}

/** The person's own blocks, above the operations. */
export function BlockEntries({ text, add }: BlockEntriesProps) {
  const { store } = useServices();
  const all = useStore(blocksStore, (state) => state.blocks);
  const blocks = find(text, all, ({ title }) => [title]);
  if (blocks.length === 0) return null;
  const remove = ({ id, title }: Block) => {
    removeBlock(id);
    store.getState().announce(blocking.removed(title));
  };
  return (
    <section aria-labelledby="palette-blocks">
      <h2 className="heading" id="palette-blocks">
        {blocking.heading}
      </h2>
      <ul className="block-entries">
        {blocks.map((block) => (
          <li key={block.id} className="block-entry">
            <button
              type="button"
              className="block-add"
              aria-label={blocking.add(block.title)}
              onClick={() => add(block)}
            >
              <Boxes size={15} aria-hidden="true" />
              <span>{block.title}</span>
            </button>
            <button
              type="button"
              className="block-remove"
              aria-label={blocking.remove(block.title)}
              title={blocking.remove(block.title)}
              onClick={() => remove(block)}
            >
              <X size={13} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
