import { memo } from 'react';
import type { Rich } from '../strings/rich.ts';
import { MathName } from './MathName.tsx';

/** A sentence whose numbers are coloured by what they mean. */
export const RichText = memo(function RichText({ sentence }: { readonly sentence: Rich }) {
  return sentence.map(({ text, tone }, at) => {
    // The parts of one sentence never change places.
    const key = `${at} ${text}`;
    if (!tone) return <span key={key}>{text}</span>;
    if (tone === 'name') return <MathName key={key} name={text} />;
    return (
      <span key={key} className={`${tone} numeric`}>
        {text}
      </span>
    );
  });
});
