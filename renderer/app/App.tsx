import { ReactFlowProvider } from '@xyflow/react';
import { Minimize2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Canvas, firstFlow } from '../canvas/index.ts';
import type { DocumentFiles } from '../files/index.ts';
import { Inspector } from '../inspector/index.ts';
import { Palette } from '../palette/index.ts';
import { QuizBar } from '../quiz/index.ts';
import { Stepper } from '../stepper/index.ts';
import { type Services, ServicesContext, useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import {
  type LateTraining,
  TrainingBar,
  TrainingSettings,
  TrainingViews,
} from '../training/index.ts';
import { painted } from '../ui/painted.ts';
import { Bubble, LiveRegion } from './Bubble.tsx';
import { CrashGuard } from './CrashGuard.tsx';
import { Finders } from './Finders.tsx';
import { TopBar } from './TopBar.tsx';
import { useAppEffects } from './use-app-effects.ts';
import './app.css';

/** Whatever opens over the window, closed in the first picture: it comes right after that. */
const Dialogs = lazy(async () => {
  await painted();
  return { default: (await import('./Dialogs.tsx')).Dialogs };
});

interface AppProps {
  readonly services: Services;
  readonly files: DocumentFiles;
  readonly training: LateTraining;
}

export function App({ services, files, training }: AppProps) {
  const [first] = useState(() => firstFlow(services.store.getState()));
  return (
    <ServicesContext value={services}>
      <ReactFlowProvider {...first}>
        <CrashGuard>
          <AppEffects files={files} training={training} />
          <Shell files={files} training={training} />
        </CrashGuard>
      </ReactFlowProvider>
    </ServicesContext>
  );
}

/** Beside the shell, which is not drawn anew for what they follow. */
function AppEffects({ files, training }: Omit<AppProps, 'services'>) {
  useAppEffects(files, training);
  return null;
}

function Shell({ files, training }: Omit<AppProps, 'services'>) {
  const workspace = useEditor((state) => state.workspace);
  const presenting = useEditor((state) => state.presenting);
  const quiz = useEditor((state) => state.quiz !== null);
  return (
    <div className="shell" data-workspace={workspace} data-presenting={presenting}>
      {!presenting && <TopBar files={files} />}
      {!presenting && workspace === 'train' && (
        // Holds its place in the grid until it is there.
        <Suspense fallback={<div />}>
          <TrainingSettings training={training} />
        </Suspense>
      )}
      {!presenting && workspace === 'build' && <Palette />}
      <Canvas />
      {!presenting &&
        (workspace === 'train' ? (
          <Suspense fallback={<div />}>
            <TrainingViews training={training} />
          </Suspense>
        ) : (
          <Inspector />
        ))}
      {quiz && <QuizBar />}
      {workspace === 'trace' && !quiz && <Stepper />}
      {workspace === 'train' && (
        <Suspense>
          <TrainingBar training={training} />
        </Suspense>
      )}
      {presenting && <EndPresenting />}
      <Bubble />
      <LiveRegion />
      <Finders files={files} />
      <Suspense>
        <Dialogs files={files} training={training} />
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
