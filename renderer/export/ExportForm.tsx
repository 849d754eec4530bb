import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { shownName } from '../app/shown-name.ts';
import { useEditorShallow, useServices } from '../store/index.ts';
import { exporting as text } from '../strings/en-export.ts';
import { copyText } from '../ui/copy-text.ts';
import { useResolvedTheme } from '../ui/theme.ts';
import { exportDialog } from './dialog.ts';
import { type ExportOptions, formatOf, formats, kinds, takes } from './formats.ts';
import { Preview, type Shown } from './Preview.tsx';
import { drawingOf, produce, type Subject } from './produce.ts';

/** What was chosen last, for the next time. */
let last: Partial<ExportOptions> = {};

/** The inside of the dialog: what to export, how, and what comes of it. */
export function ExportForm() {
  const { store, host } = useServices();
  const subject = useEditorShallow(
    ({ editor, trace, registry, numbers, selection }): Subject => ({
      editor,
      trace,
      registry,
      numbers,
      selection,
    }),
  );
  const resolved = useResolvedTheme();
  const [options, setOptions] = useState<ExportOptions>(() => {
    const { workspace, film } = store.getState();
    return {
      format: 'svg',
      theme: resolved === 'dark' ? 'dark' : 'light',
      values: true,
      gradients: true,
      paper: true,
      size: 2,
      parameters: true,
      ...last,
      step: workspace === 'trace' ? film.at : null,
      onlySelected: false,
    };
  });
  const [problem, setProblem] = useState<string>();
  const [working, setWorking] = useState<string>();
  const aborter = useRef(new AbortController());
  useEffect(() => {
    const current = new AbortController();
    aborter.current = current;
    return () => current.abort();
  }, []);
  const change = (changes: Partial<ExportOptions>) => {
    setProblem(undefined);
    setOptions((now) => ({ ...now, ...changes }));
  };
  const format = formatOf(options.format);
  const shown = useShown(subject, options);

  const make = async () => {
    setProblem(undefined);
    setWorking(text.working);
    last = options;
    try {
      return await produce(
        subject,
        options,
        (done, all) => setWorking(text.painting(done + 1, all)),
        aborter.current.signal,
      );
    } catch (error) {
      if (!aborter.current.signal.aborted) setProblem(sentenceOf(error));
      return undefined;
    } finally {
      setWorking(undefined);
    }
  };
  const save = async () => {
    const content = await make();
    if (content === undefined) return;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const name = `${shownName(store.getState())}.${format.ending}`;
    const saved = await host.files.saveBytes(bytes, name);
    if (!saved.ok) setProblem(saved.message);
    else if (saved.value) {
      store.getState().announce(text.saved(name));
      exportDialog.setState({ open: false });
    }
  };
  const copy = async () => {
    const content = await make();
    if (typeof content !== 'string') return;
    store.getState().announce(copyText(content) ? text.copied : text.notCopied);
  };
  return (
    <div className="export-form">
      <div className="export-options">
        <Choices options={options} subject={subject} change={change} />
      </div>
      <Preview shown={shown} />
      {(problem ?? shown.problem) && (
        <p className="field-problem export-problem" role="alert">
          {problem ?? shown.problem}
        </p>
      )}
      <div className="dialog-actions export-actions">
        <output className="quiet-text export-progress">{working}</output>
        <Dialog.Close className="button">{text.close}</Dialog.Close>
        {'copies' in format && (
          <button
            type="button"
            className="button"
            disabled={working !== undefined || shown.problem !== undefined}
            onClick={copy}
          >
            {text.copy}
          </button>
        )}
        <button
          type="button"
          className="button primary"
          disabled={working !== undefined || shown.problem !== undefined}
          onClick={save}
        >
          {text.save}
        </button>
      </div>
    </div>
  );
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the preview shows: the picture, or the beginning of the text. */
function useShown(subject: Subject, options: ExportOptions): Shown {
  const format = formatOf(options.format);
  const drawn = format.kind === 'picture' || format.kind === 'film';
  const [made, setMade] = useState<Shown>({});
  const drawing = useMemo(() => {
    if (!drawn) return undefined;
    const atEnd = format.kind === 'film' ? { step: null, paper: true } : {};
    return drawingOf(subject, { ...options, ...atEnd });
  }, [drawn, format, subject, options]);
  useEffect(() => {
    if (drawn) return;
    let stale = false;
    const never = new AbortController();
    produce(subject, options, () => undefined, never.signal).then(
      (content) => {
        if (!stale) setMade(typeof content === 'string' ? { text: content } : { bytes: content });
      },
      (error) => {
        if (!stale) setMade({ problem: sentenceOf(error) });
      },
    );
    return () => {
      stale = true;
    };
  }, [drawn, subject, options]);
  if (drawing) {
    const scale = options.format === 'png' ? options.size : undefined;
    return scale === undefined ? { drawing } : { drawing, scale };
  }
  return made;
}

interface ChoicesProps {
  readonly options: ExportOptions;
  readonly subject: Subject;
  change(changes: Partial<ExportOptions>): void;
}

function Choices({ options, subject, change }: ChoicesProps) {
  const id = useId();
  const format = formatOf(options.format);
  const { trace, selection } = subject;
  const steps = trace.steps.length;
  const check = (
    name: 'values' | 'gradients' | 'paper' | 'onlySelected' | 'parameters',
    label: string,
    disabled = false,
  ) => (
    <label className="check-field">
      <input
        type="checkbox"
        checked={options[name]}
        disabled={disabled}
        onChange={({ target }) => change({ [name]: target.checked })}
      />
      {label}
    </label>
  );
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-format`}>{text.format}</label>
        <select
          id={`${id}-format`}
          className="choice"
          value={options.format}
          onChange={({ target }) => {
            const chosen = formats.find((each) => each.id === target.value);
            if (chosen) change({ format: chosen.id });
          }}
        >
          {kinds.map((kind) => (
            <optgroup key={kind} label={text.kinds[kind]}>
              {formats
                .filter((each) => each.kind === kind)
                .map((each) => (
                  <option key={each.id} value={each.id}>
                    {text.formats[each.id]}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      <p className="quiet-text export-about">{text.about[options.format]}</p>
      {takes(format, 'step') && steps > 0 && (
        <div className="field">
          <label htmlFor={`${id}-step`}>{text.moment}</label>
          <input
            id={`${id}-step`}
            type="range"
            min={-1}
            max={steps}
            value={options.step ?? steps}
            aria-valuetext={momentOf(options.step, steps)}
            onChange={({ target }) => {
              const at = Number(target.value);
              change({ step: at >= steps ? null : at });
            }}
          />
          <span className="quiet-text export-moment">{momentOf(options.step, steps)}</span>
        </div>
      )}
      {takes(format, 'look') && (
        <>
          <div className="field">
            <label htmlFor={`${id}-theme`}>{text.theme}</label>
            <select
              id={`${id}-theme`}
              className="choice"
              value={options.theme}
              onChange={({ target }) =>
                change({ theme: target.value === 'dark' ? 'dark' : 'light' })
              }
            >
              <option value="light">{text.themes.light}</option>
              <option value="dark">{text.themes.dark}</option>
            </select>
          </div>
          {check('values', text.values)}
          {check('gradients', text.gradients, trace.loss === undefined)}
        </>
      )}
      {takes(format, 'paper') && check('paper', text.paper)}
      {takes(format, 'size') && (
        <div className="field">
          <label htmlFor={`${id}-size`}>{text.size}</label>
          <select
            id={`${id}-size`}
            className="choice"
            value={options.size}
            onChange={({ target }) => change({ size: target.value === '4' ? 4 : 2 })}
          >
            <option value={2}>{text.sizes[2]}</option>
            <option value={4}>{text.sizes[4]}</option>
          </select>
        </div>
      )}
      {takes(format, 'selected') &&
        check('onlySelected', text.onlySelected, selection.nodes.size === 0)}
      {takes(format, 'parameters') && check('parameters', text.parameters)}
    </>
  );
}

function momentOf(step: number | null, steps: number): string {
  if (step === null) return text.whole;
  return step < 0 ? text.before : text.step(step + 1, steps);
}
