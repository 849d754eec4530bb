import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { indexOf, type WireId } from '#graph';
import { wireName } from '../format/names.ts';
import { useEditor } from '../store/index.ts';
import { telling } from '../strings/en-story.ts';
import { MathName } from '../ui/MathName.tsx';
import { storyDialog } from './story-dialog.ts';
import { Told } from './Told.tsx';

/** The story of one wire, as large as the window: for the back row. */
export function StoryDialog() {
  const { wire, show } = useStore(storyDialog);
  // While it closes it still tells what it told.
  const [told, setTold] = useState(wire);
  if (wire !== null && wire !== told) setTold(wire);
  // A wire that an edit removed takes its story along.
  const known = useEditor(({ trace }) => told !== null && indexOf(trace.document).wires.has(told));
  // Another document may have a wire of the same id.
  const documentKey = useEditor((state) => state.documentKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new document ends the story of the old one
  useEffect(() => () => show(null), [documentKey, show]);
  return (
    <Dialog.Root open={wire !== null && known} onOpenChange={(open) => !open && show(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog story-dialog">
          {told && known && <Large id={told} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Large({ id }: { readonly id: WireId }) {
  const name = useEditor(({ trace }) => {
    const wire = indexOf(trace.document).wires.get(id);
    return wire ? wireName(trace.document, wire) : '';
  });
  return (
    <>
      <header className="story-head">
        <Dialog.Title className="dialog-title" aria-label={telling.dialog(name)}>
          <MathName name={name} />
        </Dialog.Title>
        <Dialog.Close className="button icon" aria-label={telling.close} title={telling.close}>
          <X size={18} aria-hidden="true" />
        </Dialog.Close>
      </header>
      <Told key={id} id={id} room="large" />
    </>
  );
}
