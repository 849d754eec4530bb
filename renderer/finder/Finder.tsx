import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Position } from '#graph';
import { finding } from '../strings/en-finder.ts';
import { finderStore } from './finder-store.ts';
import './finder.css';

/** One line of the list. */
export interface Choice {
  readonly key: string;
  readonly title: string;
  /** In front of the title: an operation's symbol. */
  readonly symbol?: string;
  /** Behind the title, paler. */
  readonly detail?: string;
  /** At the end of the line: its keys. */
  readonly keys?: string;
  readonly disabled?: boolean;
  run(): void;
}

interface FinderProps {
  readonly label: string;
  readonly placeholder: string;
  readonly typed?: string;
  /** Beside this point of the window; in the middle without one. */
  readonly point?: Position;
  choicesFor(text: string): readonly Choice[];
  /** Said instead of choices where there are none, or why the text cannot be used. */
  nothingFor(text: string): string;
}

const most = 60;
const size = { width: 320, height: 372 };
const margin = 12;
const page = 8;

/**
 * A field and the list of what it finds: typing narrows it, arrows move, Enter takes. It closes when something was
 * chosen, by Escape, or by a press elsewhere.
 */
export function Finder({
  label,
  placeholder,
  typed = '',
  point,
  choicesFor,
  nothingFor,
}: FinderProps) {
  const [text, setText] = useState(typed);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  const all = choicesFor(text);
  const choices = all.slice(0, most);
  const active = Math.min(at, choices.length - 1);
  const { close } = finderStore.getState();

  // The keyboard goes on where it was, be it a wire or the canvas.
  const before = useRef(document.activeElement);
  useEffect(
    () => () => {
      const { current } = before;
      if (current instanceof HTMLElement || current instanceof SVGElement) {
        queueMicrotask(() => current.focus({ preventScroll: true }));
      }
    },
    [],
  );

  useEffect(() => {
    document.getElementById(`${list}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [list, active]);

  const take = (choice: Choice | undefined) => {
    if (!choice || choice.disabled) return;
    close();
    // Once the dialog is gone and the focus is back where it was.
    setTimeout(() => choice.run());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = choices.length - 1;
    const next: Readonly<Record<string, number>> = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: Math.min(active + page, last),
      PageUp: Math.max(active - page, 0),
    };
    const moved = next[event.key];
    if (moved !== undefined) setAt(Math.max(moved, 0));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) take(choices[active]);
    else if (event.key !== 'Tab') return;
    // Tab has nowhere to go.
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={point ? 'finder-outside' : 'dialog-backdrop'} />
        <Dialog.Popup
          className="finder"
          style={place(point)}
          aria-label={label}
          initialFocus={field}
          finalFocus={false}
          data-testid="finder"
        >
          <div className="finder-field">
            <Search size={16} aria-hidden="true" />
            <input
              ref={field}
              // At once, so that no letter typed next is lost.
              // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
              autoFocus
              type="text"
              role="combobox"
              aria-label={label}
              aria-expanded="true"
              aria-controls={list}
              aria-autocomplete="list"
              aria-activedescendant={choices.length > 0 ? `${list}-${active}` : undefined}
              placeholder={placeholder}
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={({ target }) => {
                setText(target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <div className="finder-list" id={list} role="listbox" aria-label={label}>
            {choices.map((choice, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
              // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
              <div
                key={choice.key}
                id={`${list}-${index}`}
                role="option"
                className="finder-choice"
                aria-selected={index === active}
                aria-disabled={choice.disabled ?? false}
                onPointerMove={() => setAt(index)}
                onClick={() => take(choice)}
              >
                {choice.symbol !== undefined && (
                  <span className="finder-symbol" aria-hidden="true">
                    {choice.symbol}
                  </span>
                )}
                <span className="finder-title">{choice.title}</span>
                {choice.detail && <span className="finder-detail">{choice.detail}</span>}
                {choice.keys && <span className="finder-keys">{choice.keys}</span>}
              </div>
            ))}
          </div>
          {choices.length === 0 && (
            <p className="finder-nothing" role="status">
              {nothingFor(text)}
            </p>
          )}
          {all.length > most && <p className="finder-more">{finding.more(all.length - most)}</p>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Beside the point, wholly inside the window. */
function place(point: Position | undefined): CSSProperties {
  if (!point) return { left: `calc(50% - ${size.width * 0.75}px)`, width: size.width * 1.5 };
  const left = Math.min(point.x, window.innerWidth - size.width - margin);
  const top = Math.min(point.y, window.innerHeight - size.height - margin);
  return { left: Math.max(left, margin), top: Math.max(top, margin), width: size.width };
}
