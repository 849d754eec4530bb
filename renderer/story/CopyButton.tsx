import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import type { NdArray } from '#tensor';
import { nestedText } from '../format/nested-text.ts';
import { useServices } from '../store/index.ts';
import { telling } from '../strings/en-story.ts';
import { copyText } from '../ui/copy-text.ts';

const text = telling.copy;

/** Copies a tensor as nested lists, and says so. */
export function useCopy(array: NdArray | undefined): () => void {
  const { store } = useServices();
  return () => {
    if (!array) return;
    store.getState().announce(copyText(nestedText(array)) ? text.copied : text.failed);
  };
}

interface CopyButtonProps {
  readonly array: NdArray;
  /** What is copied: `upstream`. */
  readonly what: string;
}

/** A small button that puts all numbers of a tensor on the clipboard, in full precision. */
export function CopyButton({ array, what }: CopyButtonProps) {
  const copy = useCopy(array);
  const [copied, setCopied] = useState<NdArray>();
  const Icon = copied === array ? Check : Copy;
  return (
    <button
      type="button"
      className="copy-button"
      aria-label={text.copy(what)}
      title={copied === array ? text.copied : text.copy(what)}
      onClick={() => {
        copy();
        setCopied(array);
      }}
    >
      <Icon size={12} aria-hidden="true" />
    </button>
  );
}
