import type katex from 'katex';
import type { KatexOptions } from 'katex';
import { Suspense, use, useLayoutEffect, useRef } from 'react';
import './math.css';

type Katex = typeof katex;

let here: Katex | undefined;
let coming: Promise<Katex> | undefined;

/** Fetches what sets formulas, so that the first one need not wait for it. */
export function prepareFormulas(): Promise<Katex> {
  coming ??= import('./katex.ts').then((module) => {
    here = module.default;
    return here;
  });
  return coming;
}

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

/** A formula set by KaTeX, with MathML beside it for screen readers. Until that is there, an empty line. */
export function Formula(props: FormulaProps) {
  return (
    <Suspense fallback={<span className={`formula ${props.className ?? ''}`}>{'\u00a0'}</span>}>
      <SetFormula {...props} />
    </Suspense>
  );
}

function SetFormula({ latex, display = false, className = '' }: FormulaProps) {
  const setter = here ?? use(prepareFormulas());
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    setter.render(latex, element.current, {
      displayMode: display,
      throwOnError: false,
      ...formulaOptions,
    });
  }, [setter, latex, display]);
  return <span ref={element} className={`formula ${className}`} />;
}
