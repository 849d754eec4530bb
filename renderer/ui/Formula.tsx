import katex, { type KatexOptions } from 'katex';
import { useLayoutEffect, useRef } from 'react';
import './math.css';

/** Classes may be named, for the colours that carry meaning; nothing else of HTML. */
export const formulaOptions: KatexOptions = {
  strict: 'ignore',
  trust: ({ command }) => command === '\\htmlClass',
};

interface FormulaProps {
  readonly latex: string;
  readonly display?: boolean;
  readonly className?: string;
}

/** A formula set by KaTeX, with MathML beside it for screen readers. */
export function Formula({ latex, display = false, className = '' }: FormulaProps) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    katex.render(latex, element.current, {
      displayMode: display,
      throwOnError: false,
      ...formulaOptions,
    });
  }, [latex, display]);
  return <span ref={element} className={`formula ${className}`} />;
}
