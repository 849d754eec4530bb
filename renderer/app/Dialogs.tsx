import { Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { SaveBlockDialog } from '../blocks/SaveBlockDialog.tsx';
import { ExportDialog } from '../export/ExportDialog.tsx';
import type { DocumentFiles } from '../files/index.ts';
import { MessageDialog } from '../files/MessageDialog.tsx';
import { RecoveryDialog } from '../files/RecoveryDialog.tsx';
import { VersionsDialog } from '../files/VersionsDialog.tsx';
import { StoryDialog } from '../story/StoryDialog.tsx';
import { type LateTraining, RunsDialog, runsDialog } from '../training/index.ts';
import { LicencesDialog } from './LicencesDialog.tsx';
import { RepeatDialog } from './RepeatDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';

interface DialogsProps {
  readonly files: DocumentFiles;
  readonly training: LateTraining;
}

/** Whatever opens over the whole window. */
export function Dialogs({ files, training }: DialogsProps) {
  return (
    <>
      <MessageDialog />
      <RecoveryDialog files={files} />
      <VersionsDialog files={files} />
      <ShortcutsDialog />
      <LicencesDialog />
      <SaveBlockDialog />
      <RepeatDialog />
      <ExportDialog />
      <StoryDialog />
      <Runs training={training} />
    </>
  );
}

/** Training comes with the first look at its runs. */
function Runs({ training }: Pick<DialogsProps, 'training'>) {
  const open = useStore(runsDialog, (state) => state.open);
  const [asked, setAsked] = useState(open);
  if (open && !asked) setAsked(true);
  if (!asked) return null;
  return (
    <Suspense>
      <RunsDialog training={training} />
    </Suspense>
  );
}
