import { Pause, Play, StepForward } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ArrayValue } from '#tensor';
import { type LinkedEntries, type LinkPart, type Links, linkedTo } from '#trace';
import { useNumbers } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { telling } from '../strings/en-story.ts';
import { CopyButton, useCopy } from './CopyButton.tsx';
import { EntryGrid } from './EntryGrid.tsx';
import { arithmetic, entryName, placeName } from './entries.ts';
import { prefersStillness } from './keys.ts';
import { Paging } from './Paging.tsx';
import { atOrigin, entriesIn, type GridWindow, windowAround } from './window.ts';

const text = telling.maps;
const pace = 1100;

interface LinkedMapsProps {
  readonly links: Links;
  readonly upstream: ArrayValue;
  readonly local: ArrayValue | undefined;
  readonly gradient: ArrayValue;
}

interface Pointed {
  readonly part: LinkPart;
  readonly index: number;
}

const none: LinkedEntries = { local: new Set(), upstream: new Set(), result: new Set() };
const parts: readonly LinkPart[] = ['local', 'upstream', 'result'];
const start: Readonly<Record<LinkPart, number>> = { local: 0, upstream: 0, result: 0 };

/** Upstream and local side by side, multiplying before one's eyes: what made an entry lights up with it. */
export function LinkedMaps({ links, upstream, local, gradient }: LinkedMapsProps) {
  const numbers = useNumbers();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const [at, setAt] = useState(start);
  const [windows, setWindows] = useState<Readonly<Record<LinkPart, GridWindow>>>({
    local: atOrigin,
    upstream: atOrigin,
    result: atOrigin,
  });
  const [playing, setPlaying] = useState(false);
  const moved = useRef<HTMLDivElement>(null);

  const shown = entriesIn(links.result, windows.result);
  const lit = pointed ? linkedTo(links, pointed.part, pointed.index, shown) : none;
  const scales = useMemo(() => scalesOf(links), [links]);
  const names = {
    local: (index: number) =>
      local && links.kind !== 'jacobian'
        ? entryName(links.kind === 'matrix' ? asMatrix(local, links) : local, index) ||
          strings.inspector.local
        : placeName(links.local, index),
    upstream: (index: number) => entryName(upstream, index) || strings.inspector.upstream,
    result: (index: number) => entryName(gradient, index) || strings.inspector.flowsBack,
  };

  /** Everything that lights up comes into view, as far as one window reaches. */
  const follow = (next: Pointed) => {
    const linked = linkedTo(links, next.part, next.index, entriesIn(links.result, windows.result));
    const moveOf = (part: LinkPart) => {
      const grid = links[part];
      const seen = new Set(entriesIn(grid, windows[part]));
      const own = part === next.part ? [next.index] : [...linked[part]];
      const [first] = own;
      if (first === undefined || own.some((index) => seen.has(index))) return windows[part];
      return windowAround(windows[part], grid.place(first));
    };
    setWindows({ local: moveOf('local'), upstream: moveOf('upstream'), result: moveOf('result') });
  };
  const point = (next: Pointed | null) => {
    setPointed(next);
    if (!next) return;
    setAt((before) => ({ ...before, [next.part]: next.index }));
    follow(next);
  };
  const next = () => {
    const place = pointed?.part === 'result' ? shown.indexOf(pointed.index) : -1;
    const following = shown[place + 1];
    if (following === undefined) {
      setPlaying(false);
      point(null);
    } else point({ part: 'result', index: following });
  };
  const step = useRef(next);
  useEffect(() => {
    step.current = next;
  });
  useEffect(() => {
    if (!playing) return;
    step.current();
    const timer = setInterval(() => step.current(), pace);
    return () => clearInterval(timer);
  }, [playing]);

  const order: readonly LinkPart[] =
    links.first === 'local' ? ['local', 'upstream', 'result'] : ['upstream', 'local', 'result'];
  const sign = links.kind === 'elementwise' ? '⊙' : '·';
  const labels = {
    local: strings.inspector.local,
    upstream: strings.inspector.upstream,
    result: strings.inspector.flowsBack,
  };
  return (
    <div className="linked-maps" ref={moved}>
      <div className="linked-row">
        {order.map((part, place) => (
          <div key={part} className="linked-part" data-testid={`factor-${labels[part]}`}>
            <span className="linked-sign" aria-hidden="true">
              {['', sign, '='][place]}
            </span>
            <MapCard
              part={part}
              label={labels[part]}
              links={links}
              window={windows[part]}
              scale={scales[part]}
              lit={lit[part]}
              dimmed={pointed !== null}
              at={at[part]}
              nameOf={names[part]}
              onPoint={(index, by) => {
                setPlaying(false);
                if (index !== null) point({ part, index });
                else setPointed(null);
                if (by === 'keys' && index !== null) focusLater(moved.current, part, index, labels);
              }}
              onMove={(window) => setWindows((before) => ({ ...before, [part]: window }))}
            />
          </div>
        ))}
      </div>
      <div className="linked-caption">
        <button
          type="button"
          className="round small"
          aria-label={prefersStillness() ? text.next : playing ? text.pause : text.play}
          title={prefersStillness() ? text.next : playing ? text.pause : text.play}
          onClick={() => (prefersStillness() ? next() : setPlaying(!playing))}
        >
          <PlayIcon playing={playing} />
        </button>
        <p className="numeric" aria-live="polite" data-testid="linked-sentence">
          {pointed ? sentence() : <span className="quiet-text">{text.hint}</span>}
        </p>
      </div>
    </div>
  );

  function sentence(): string {
    if (!pointed) return '';
    const name = names[pointed.part](pointed.index);
    if (pointed.part === 'result') {
      const total = numbers.format(gradient.data.data[pointed.index] ?? Number.NaN);
      const sum = arithmetic(links, pointed.index, numbers);
      return sum === '' ? text.nothing(name) : text.sum(name, sum, total);
    }
    const reached = [...lit.result].map(names.result);
    if (reached.length === 0) return text.reachesNothing(name);
    const places = reached.slice(0, 4).join(', ');
    return text.reaches(name, reached.length > 4 ? text.more(places, reached.length - 4) : places);
  }
}

function PlayIcon({ playing }: { readonly playing: boolean }) {
  if (prefersStillness()) return <StepForward size={14} aria-hidden="true" />;
  return playing ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />;
}

/** Once the window has moved, the entry the keys went to takes the focus. */
function focusLater(
  section: HTMLElement | null,
  part: LinkPart,
  index: number,
  labels: Readonly<Record<LinkPart, string>>,
): void {
  requestAnimationFrame(() => {
    section
      ?.querySelector<HTMLElement>(
        `[data-testid="factor-${labels[part]}"] td[data-index="${index}"]`,
      )
      ?.focus();
  });
}

/** The local matrix as it is drawn: its own rows and columns in one example. */
function asMatrix(local: ArrayValue, links: Links): Pick<ArrayValue, 'batched' | 'shape'> {
  return { batched: local.batched, shape: [links.local.rowBlock, links.local.columnBlock] };
}

function scalesOf(links: Links): Readonly<Record<LinkPart, number>> {
  const scales = { ...start };
  for (const part of parts) {
    for (const x of links[part].array.data) {
      if (Number.isFinite(x)) scales[part] = Math.max(scales[part], Math.abs(x));
    }
  }
  return scales;
}

interface MapCardProps {
  readonly part: LinkPart;
  readonly label: string;
  readonly links: Links;
  readonly window: GridWindow;
  readonly scale: number;
  readonly lit: ReadonlySet<number>;
  readonly dimmed: boolean;
  readonly at: number;
  nameOf(index: number): string;
  onPoint(index: number | null, by: 'pointer' | 'keys'): void;
  onMove(window: GridWindow): void;
}

function MapCard({ part, label, links, ...rest }: MapCardProps) {
  const grid = links[part];
  const copy = useCopy(grid.array);
  return (
    <div className="map-card" data-hot={part === 'result'}>
      <EntryGrid
        {...rest}
        grid={grid}
        label={label}
        tone={part === 'local' ? 'local' : 'gradient'}
        onCopy={copy}
      />
      <Paging grid={grid} window={rest.window} onMove={rest.onMove} />
      <span className="factor-label">
        {label}
        <span className="numeric">
          {grid.rows}×{grid.columns}
        </span>
        <CopyButton array={grid.array} what={label} />
      </span>
    </div>
  );
}
