import { useStore } from 'zustand';
import type { DocumentFiles } from '../files/index.ts';
import { FindParts, finderStore, QuickAdd } from '../finder/index.ts';
import { CommandPalette } from './CommandPalette.tsx';

/** The list to choose from that is open. */
export function Finders({ files }: { readonly files: DocumentFiles }) {
  const shown = useStore(finderStore, (state) => state.shown);
  switch (shown?.kind) {
    case 'add':
      return <QuickAdd {...shown} />;
    case 'parts':
      return <FindParts />;
    case 'commands':
      return <CommandPalette files={files} />;
    default:
      return null;
  }
}
