import { useMemo, useState } from 'react';
import { type Place, type Wiggle as Response, wiggle } from '#diagnose';
import { formatNumber } from '../format/numbers.ts';
import { useEditor } from '../store/index.ts';
import { wiggling as text } from '../strings/en-wiggle.ts';
import { Slider } from '../ui/Slider.tsx';
import { formatChange, wiggleScale } from './numbers.ts';
import './wiggle.css';

interface WiggleProps {
  readonly place: Place;
  readonly name: string;
  /** Whether other wires carry the same value elsewhere and stay as they are. */
  readonly alone?: boolean;
}

/** One number is moved a little: what its gradient promises, and what the loss really does. */
export function Wiggle({ place, name, alone = false }: WiggleProps) {
  const trace = useEditor((state) => state.trace);
  const registry = useEditor((state) => state.registry);
  const [share, setShare] = useState(0.1);
  const key = JSON.stringify(place);
  // A place is made anew with every rendering; its text tells whether it is another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const respond = useMemo(() => wiggle(trace, registry, place), [trace, registry, key]);
  const at = place.kind === 'wire' ? trace.wires.get(place.wire) : trace.nodes.get(place.node);
  if (!respond) return null;
  const scale = wiggleScale(at?.value?.data.data[0] ?? 0);
  const change = Number((share * scale).toPrecision(12));
  const result = respond(change);
  const sentence = describe(result, name, alone, trace.document.loss?.seed ?? 1);
  return (
    <section className="wiggle" data-testid="wiggle">
      <h3 className="heading">{text.title}</h3>
      <p className="numeric wiggle-sentence">
        {sentence.map(({ id, words }) => (
          <Words key={id} strong={id === 'predicted' || id === 'actual'} words={words} />
        ))}
      </p>
      <Slider
        label={text.label(name)}
        said={sentence.map(({ words }) => words).join('')}
        reach={scale}
        value={change}
        onChange={(x) => setShare(x / scale)}
      />
      {result.change !== 0 && Number.isFinite(result.error) && (
        <p className="quiet-text numeric">
          {result.error === 0 ? text.exact : text.off(formatNumber(Math.abs(result.error), 3))}
        </p>
      )}
    </section>
  );
}

function Words({ strong, words }: { readonly strong: boolean; readonly words: string }) {
  return strong ? <strong>{words}</strong> : words;
}

interface Piece {
  readonly id: 'if' | 'should' | 'predicted' | 'does' | 'actual' | 'end';
  readonly words: string;
}

function describe(
  { change, predicted, actual }: Response,
  name: string,
  alone: boolean,
  seed: number,
): Piece[] {
  if (change === 0) return [{ id: 'if', words: text.still(name) }];
  const loss = text.loss(formatNumber(seed));
  const pieces: Piece[] = [
    { id: 'if', words: text.if(name, change, formatChange(change), alone) },
    { id: 'should', words: text.should(loss, predicted) },
  ];
  if (predicted !== 0) pieces.push({ id: 'predicted', words: formatChange(predicted) });
  const finite = Number.isFinite(actual);
  pieces.push({ id: 'does', words: finite ? text.does(actual) : text.notFinite });
  if (finite && actual !== 0) pieces.push({ id: 'actual', words: formatChange(actual) });
  return [...pieces, { id: 'end', words: '.' }];
}
