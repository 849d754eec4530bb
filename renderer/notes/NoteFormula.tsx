import type { KatexOptions } from 'katex';
import { useLayoutEffect, useRef } from 'react';
import katex from '../ui/katex.ts';
import '../ui/math.css';

/** Files come from others: a formula of theirs names no classes of the page and needs no more room than a note. */
const formulaOptions: KatexOptions = {
  strict: 'ignore',
  trust: false,
  maxSize: 20,
  maxExpand: 200,
  errorColor: 'inherit',
};
const longest = 1_000;

interface NoteFormulaProps {
  readonly latex: string;
  readonly display: boolean;
}

/** A formula that a person typed: where it cannot be set, it stands there as typed. */
export function NoteFormula({ latex, display }: NoteFormulaProps) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    const isLong = latex.length > longest;
    // To lay out thousands of signs without a place to break takes seconds.
    element.current.textContent = isLong ? `${latex.slice(0, longest)}…` : latex;
    if (isLong) return;
    try {
      katex.render(latex, element.current, {
        ...formulaOptions,
        displayMode: display,
        throwOnError: false,
      });
    } catch (error) {
      // Nested beyond all bounds.
      if (!(error instanceof RangeError)) throw error;
    }
  }, [latex, display]);
  return <span ref={element} className="formula" />;
}
