import type { Facts, PartName } from '#train';
import { views as text } from '../../strings/en-views.ts';
import { Segments } from './Segments.tsx';
import { partsOf } from './use-facts.ts';
import { viewsStore } from './views-store.ts';

interface PartChoiceProps {
  readonly facts: Facts | undefined;
  readonly part: PartName;
}

/** Which part of the data is looked at. */
export function PartChoice({ facts, part }: PartChoiceProps) {
  return (
    <Segments
      label={text.part}
      value={part}
      options={partsOf(facts)}
      textOf={(option) => text.parts[option]}
      onChange={(next) => viewsStore.setState({ part: next, index: 0, picked: false })}
    />
  );
}
