import { Crosshair, Repeat } from 'lucide-react';
import {
  type FilmSection,
  runToSelected,
  subjectOf,
  useEditor,
  useServices,
} from '../store/index.ts';
import { strings } from '../strings/en.ts';

const text = strings.stepper;
const speeds = [0.5, 1, 2, 4];
const sections: readonly FilmSection[] = ['both', 'forward', 'backward'];

/** How the film is played: to where, which part of it, over and over, how fast. */
export function FilmOptions() {
  const { store } = useServices();
  const speed = useEditor(({ film }) => film.speed);
  const section = useEditor(({ film }) => film.section);
  const loop = useEditor(({ film }) => film.loop);
  const kind = useEditor(({ selection }) => subjectOf(selection).kind);
  const { setSpeed, setSection, setLoop } = store.getState();
  const place = kind === 'wire' || kind === 'node';
  const runTo = place ? text.runTo : text.runToHint;
  return (
    <span className="film-options">
      <button
        type="button"
        className="film-option"
        aria-label={runTo}
        title={runTo}
        disabled={!place}
        onClick={() => runToSelected(store)}
      >
        <Crosshair size={14} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="film-option"
        aria-label={text.loop}
        title={text.loop}
        aria-pressed={loop}
        onClick={() => setLoop(!loop)}
      >
        <Repeat size={14} aria-hidden="true" />
      </button>
      <select
        className="speed"
        aria-label={text.section}
        value={section}
        onChange={({ target }) => {
          const chosen = sections.find((one) => one === target.value);
          if (chosen) setSection(chosen);
        }}
      >
        {sections.map((one) => (
          <option key={one} value={one}>
            {text.sections[one]}
          </option>
        ))}
      </select>
      <select
        className="speed numeric"
        aria-label={text.speed}
        value={speed}
        onChange={({ target }) => setSpeed(Number(target.value))}
      >
        {speeds.map((choice) => (
          <option key={choice} value={choice}>
            {text.speedOf(choice)}
          </option>
        ))}
      </select>
    </span>
  );
}
