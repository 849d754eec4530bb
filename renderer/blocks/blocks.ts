import { createStore } from 'zustand';
import { blocking } from '../strings/en-blocks.ts';

/** A part of a graph that a person keeps for further graphs, as the text of a fragment. */
export interface Block {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const place = 'gradwire.blocks';
const mostTitle = 60;

/** The person's own blocks, the newest last; shared by all windows and kept for the next session. */
export const blocksStore = createStore<{ readonly blocks: readonly Block[] }>(() => ({
  blocks: remembered(),
}));

if (typeof window !== 'undefined') {
  window.addEventListener('storage', ({ key }) => {
    if (key === place || key === null) blocksStore.setState({ blocks: remembered() });
  });
}

/** Keeps a block; one of the same title is replaced. Why that was not possible, as one sentence. */
export function keepBlock(title: string, text: string): string | undefined {
  const name = title.trim().slice(0, mostTitle);
  if (name === '') return blocking.noTitle;
  const others = blocksStore.getState().blocks.filter((block) => block.title !== name);
  return change([...others, { id: crypto.randomUUID(), title: name, text }]);
}

export function removeBlock(id: string): void {
  change(blocksStore.getState().blocks.filter((block) => block.id !== id));
}

function change(blocks: readonly Block[]): string | undefined {
  try {
    localStorage.setItem(place, JSON.stringify(blocks));
  } catch {
    return blocking.tooLarge;
  }
  blocksStore.setState({ blocks });
  return undefined;
}

function remembered(): readonly Block[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isBlock) : [];
  } catch {
    return [];
  }
}

function isBlock(value: unknown): value is Block {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, text } = value as Partial<Record<keyof Block, unknown>>;
  return typeof id === 'string' && typeof title === 'string' && typeof text === 'string';
}
