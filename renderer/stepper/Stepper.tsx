import { ChevronLeft, ChevronRight, Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { indexOf } from '#graph';
import { outputName } from '../format/names.ts';
import { toggleLoss, useEditor, useNumbers, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { plainText } from '../strings/rich.ts';
import { RichText } from '../ui/RichText.tsx';
import { captionOf } from './caption.ts';
import { FilmTrack } from './FilmTrack.tsx';
import { usePlayer } from './use-player.ts';
import './stepper.css';

/** The film: what happens, in one sentence, and the track to play it by. */
export function Stepper() {
  usePlayer();
  return (
    <section className="bottom-bar stepper" aria-label={strings.stepper.label}>
      <Transport />
      <div className="film">
        <Caption />
        <FilmTrack />
      </div>
    </section>
  );
}

function Transport() {
  const { store } = useServices();
  const { seek, setPlaying } = store.getState();
  const playing = useEditor(({ film }) => film.playing);
  const at = useEditor(({ film }) => film.at);
  const count = useEditor(({ trace }) => trace.steps.length);
  const direction = useEditor(({ film }) => film.shown.direction);
  const text = strings.stepper;
  const go = (step: number) => {
    setPlaying(false);
    seek(step);
  };
  const steps = [
    { label: text.start, Icon: SkipBack, to: -1, possible: at > -1 },
    { label: text.back, Icon: ChevronLeft, to: at - 1, possible: at > -1 },
    { label: text.forward, Icon: ChevronRight, to: at + 1, possible: at < count - 1 },
    { label: text.end, Icon: SkipForward, to: count - 1, possible: at < count - 1 },
  ].map(({ label, Icon, to, possible }) => (
    <button
      key={label}
      type="button"
      className="round"
      aria-label={label}
      title={label}
      disabled={!possible}
      onClick={() => go(to)}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  ));
  const PlayIcon = playing ? Pause : Play;
  return (
    <div className="transport">
      {steps.slice(0, 2)}
      <button
        type="button"
        className="round main film-main"
        data-direction={direction}
        aria-label={playing ? text.pause : text.play}
        title={playing ? text.pause : text.play}
        disabled={count === 0}
        onClick={() => setPlaying(!playing)}
      >
        <PlayIcon size={20} fill="currentColor" strokeWidth={1} aria-hidden="true" />
      </button>
      {steps.slice(2)}
    </div>
  );
}

function Caption() {
  const { store } = useServices();
  const trace = useEditor((state) => state.trace);
  const registry = useEditor((state) => state.registry);
  const numbers = useNumbers();
  const at = useEditor(({ film }) => film.at);
  const playing = useEditor(({ film }) => film.playing);
  const sentence = useMemo(
    () => captionOf(trace, registry, numbers, at),
    [trace, registry, numbers, at],
  );
  const sink = useEditor(({ trace }) => {
    const { document } = trace;
    if (document.loss) return undefined;
    const { outgoing } = indexOf(document);
    const ends = document.nodes.filter(({ id }) => (outgoing.get(id)?.length ?? 0) === 0);
    const [only, ...others] = ends.filter(
      ({ id }) => trace.nodes.get(id)?.value?.shape.length === 0,
    );
    return others.length === 0 ? only : undefined;
  });
  useEffect(() => {
    // While it plays, a screen reader could not keep up.
    if (!playing && at >= 0) store.getState().announce(plainText(sentence));
  }, [sentence, playing, at, store]);
  return (
    <p className="caption" data-testid="caption">
      <span>
        <RichText sentence={sentence} />
      </span>
      {sink && (
        <button type="button" className="button" onClick={() => toggleLoss(store, sink.id)}>
          {strings.stepper.markLoss(outputName(sink))}
        </button>
      )}
    </p>
  );
}
