import { useMemo } from 'react';
import type { TraceStep } from '#trace';
import { useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { FilmOptions } from './FilmOptions.tsx';

/** More steps than this become one continuous bar. */
const mostSegments = 60;

function isForward(step: TraceStep): boolean {
  return step.kind === 'given' || step.kind === 'forward';
}

/** The film's track: forward in blue, backward in vermilion; a click jumps. */
export function FilmTrack() {
  const { store } = useServices();
  const steps = useEditor(({ trace }) => trace.steps);
  const at = useEditor(({ film }) => film.at);
  const forward = useMemo(() => steps.filter(isForward).length, [steps]);
  const share = (count: number) => `${(count / steps.length) * 100}%`;
  const jump = (step: number) => {
    const { setPlaying, seek } = store.getState();
    setPlaying(false);
    seek(step);
  };
  return (
    <div className="track-line">
      <div className="track" data-continuous={steps.length > mostSegments}>
        {steps.length <= mostSegments &&
          steps.map((step, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the film
              key={index}
              className="segment"
              data-direction={isForward(step) ? 'forward' : 'backward'}
              data-played={index < at}
              data-current={index === at}
            />
          ))}
        {steps.length > mostSegments && (
          <span className="bar">
            <span
              className="bar-part"
              data-direction="forward"
              style={{ width: share(Math.min(at + 1, forward)) }}
            />
            <span
              className="bar-part"
              data-direction="backward"
              style={{ width: share(Math.max(0, at + 1 - forward)) }}
            />
          </span>
        )}
        <input
          type="range"
          className="track-range"
          aria-label={strings.stepper.track}
          aria-valuetext={strings.stepper.of(at + 1, steps.length)}
          min={0}
          max={steps.length}
          value={at + 1}
          onChange={(event) => jump(Number(event.target.value) - 1)}
        />
      </div>
      <output className="track-count numeric" data-testid="film-position">
        {strings.stepper.of(at + 1, steps.length)}
      </output>
      <FilmOptions />
    </div>
  );
}
