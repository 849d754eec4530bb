import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { useEditor } from '../store/index.ts';
import { insight } from '../strings/en-insight.ts';
import { problemsOf } from './problem-entries.ts';
import { SeverityIcon } from './SeverityIcon.tsx';
import { useShow } from './use-show.ts';
import './problems.css';

const text = insight.diagnoses;

/**
 * What keeps the graph from being computed, and what is worth knowing about its numbers: the gravest in
 * one line, all of them on a click. Each leads to its node.
 */
export function Problems() {
  const [open, setOpen] = useState(false);
  const { showNode } = useShow();
  const entries = useEditor(problemsOf);
  const [first] = entries;
  if (!first) return null;
  const { severity } = first;
  const count = entries.filter((entry) => entry.severity === severity).length;
  const counted = `${count} ${(count === 1 ? text.count : text.counts)[severity]}`;
  const Chevron = open ? ChevronUp : ChevronDown;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from anywhere inside
    <div
      className="problems-place"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <button
        type="button"
        className="problems"
        aria-expanded={open}
        aria-controls="problems-list"
        title={text.label}
        onClick={() => setOpen(!open)}
      >
        <SeverityIcon severity={severity} />
        {(entries.length > 1 || severity === 'hint') && (
          <span className="problems-count">{counted}</span>
        )}
        {/* A hint can wait until somebody asks. */}
        {severity !== 'hint' && <span className="problems-text">{first.why}</span>}
        <Chevron size={15} aria-hidden="true" />
      </button>
      {open && (
        <ul className="problems-list" id="problems-list" aria-label={text.label}>
          {entries.map(({ key, severity: grave, why, advice, node }) => (
            <li key={key}>
              <button
                type="button"
                title={text.goTo}
                disabled={!node}
                onClick={() => node && showNode(node)}
              >
                <SeverityIcon severity={grave} />
                <span>
                  {why}
                  {advice && <span className="problems-advice">{advice}</span>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
