import { ReactFlowProvider } from '@xyflow/react';
import { Minimize2 } from 'lucide-react';
import { Suspense } from 'react';
import { SaveBlockDialog } from '../blocks/index.ts';
import { Canvas } from '../canvas/index.ts';
import { DataDialog } from '../data/index.ts';
import { ExportDialog } from '../export/index.ts';
import {
  type DocumentFiles,
  MessageDialog,
  RecoveryDialog,
  VersionsDialog,
} from '../files/index.ts';
import { Inspector } from '../inspector/index.ts';
import { Palette } from '../palette/index.ts';
import { QuizBar } from '../quiz/index.ts';
import { Stepper } from '../stepper/index.ts';
import { type Services, ServicesContext, useEditor, useServices } from '../store/index.ts';
import { StoryDialog } from '../story/index.ts';
import { strings } from '../strings/en.ts';
import {
  RunsDialog,
  TrainingBar,
  type TrainingControl,
  TrainingSettings,
  TrainingViews,
} from '../training/index.ts';
import { Bubble, LiveRegion } from './Bubble.tsx';
import { CrashGuard } from './CrashGuard.tsx';
import { Finders } from './Finders.tsx';
import { LicencesDialog } from './LicencesDialog.tsx';
import { RepeatDialog } from './RepeatDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { TopBar } from './TopBar.tsx';
import { useAppEffects } from './use-app-effects.ts';
import './app.css';

interface AppProps {
  readonly services: Services;
  readonly files: DocumentFiles;
  readonly training: TrainingControl;
}

export function App({ services, files, training }: AppProps) {
  return (
    <ServicesContext value={services}>
      <ReactFlowProvider>
        <CrashGuard>
          <Shell files={files} training={training} />
        </CrashGuard>
      </ReactFlowProvider>
    </ServicesContext>
  );
}

function Shell({ files, training }: Omit<AppProps, 'services'>) {
  useAppEffects(files, training);
  const workspace = useEditor((state) => state.workspace);
  const presenting = useEditor((state) => state.presenting);
  const quiz = useEditor((state) => state.quiz !== null);
  return (
    <div className="shell" data-workspace={workspace} data-presenting={presenting}>
      {!presenting && <TopBar files={files} />}
      {!presenting && workspace === 'train' && (
        // Holds its place in the grid until it is there.
        <Suspense fallback={<div />}>
          <TrainingSettings control={training} />
        </Suspense>
      )}
      {!presenting && workspace === 'build' && <Palette />}
      <Canvas />
      {!presenting &&
        (workspace === 'train' ? (
          <Suspense fallback={<div />}>
            <TrainingViews control={training} />
          </Suspense>
        ) : (
          <Inspector />
        ))}
      {quiz && <QuizBar />}
      {workspace === 'trace' && !quiz && <Stepper />}
      {workspace === 'train' && (
        <Suspense>
          <TrainingBar control={training} />
        </Suspense>
      )}
      {presenting && <EndPresenting />}
      <Bubble />
      <LiveRegion />
      <MessageDialog />
      <RecoveryDialog files={files} />
      <VersionsDialog files={files} />
      <ShortcutsDialog />
      <LicencesDialog />
      <Finders files={files} />
      <SaveBlockDialog />
      <DataDialog control={training} />
      <RepeatDialog />
      <ExportDialog />
      <StoryDialog />
      <Suspense>
        <RunsDialog control={training} />
      </Suspense>
    </div>
  );
}

function EndPresenting() {
  const { store } = useServices();
  return (
    <button
      type="button"
      className="button icon end-presenting"
      aria-label={strings.topBar.endPresenting}
      title={strings.topBar.endPresenting}
      onClick={() => store.getState().setPresenting(false)}
    >
      <Minimize2 size={16} aria-hidden="true" />
    </button>
  );
}
