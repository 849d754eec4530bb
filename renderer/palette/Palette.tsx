import { useReactFlow } from '@xyflow/react';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { GraphError } from '#graph';
import type { Operation } from '#ops';
import { addBlock, BlockEntries } from '../blocks/index.ts';
import { takeWire, useFit, wireAt } from '../canvas/index.ts';
import { readFormula } from '../search/formula.ts';
import { findOperations } from '../search/operations.ts';
import {
  addFormulaNode,
  addGraphOf,
  addNode,
  couldInsert,
  freePlace,
  useEditor,
  useServices,
} from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { usePainted } from '../ui/painted.ts';
import { FormulaOffer } from './FormulaOffer.tsx';
import { Ghost } from './Ghost.tsx';
import { paletteGroups } from './search.ts';
import { useDragOut } from './use-drag-out.ts';
import './palette.css';

/** They fill a window of 1,100 pixels; the others come right after the first picture. */
const firstGroups = 4;
/** Symbol and title with more letters than this take the palette's whole width. */
const widest = 11;

/** The operations: drag one onto the canvas, or click it to have it in the middle. */
export function Palette() {
  const { store } = useServices();
  const registry = useEditor((state) => state.registry);
  const [text, setText] = useState('');
  const groups = useMemo(() => paletteGroups(registry, text), [registry, text]);
  const formula = useMemo(() => readFormula(text, groups.length > 0), [text, groups]);
  const { screenToFlowPosition, fitView } = useReactFlow();
  const fit = useFit();
  const search = useRef<HTMLInputElement>(null);
  const shown = usePainted() ? groups : groups.slice(0, firstGroups);

  const middleOfView = () => {
    const box = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect();
    const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
    return screenToFlowPosition({ x: x + width / 2, y: y + height / 2 });
  };
  const addInTheMiddle = (operation: Operation) => {
    const { editor } = store.getState();
    addNode(store, operation.id, freePlace(editor.document, middleOfView()));
  };
  const say = ({ message }: GraphError) => store.getState().showBubble({ message, x: 248, y: 100 });
  const addGraph = (expression: string) => {
    const added = addGraphOf(store, expression, middleOfView());
    if ('code' in added) return say(added);
    setText('');
    const nodes = added.map((id) => ({ id }));
    const alone = store.getState().editor.document.nodes.length === nodes.length;
    // Once they are drawn and measured.
    setTimeout(() => {
      if (alone) fit();
      else void fitView({ nodes, maxZoom: 1, padding: 0.25 });
    }, 60);
  };
  const addFormula = (expression: string) => {
    const { editor } = store.getState();
    const place = freePlace(editor.document, middleOfView());
    const refused = addFormulaNode(store, expression, place);
    if (refused) say(refused);
    else setText('');
  };
  const { dragged, start } = useDragOut((operation, point) => {
    const at = screenToFlowPosition(point);
    const place = { x: Math.round(at.x - 38), y: Math.round(at.y - 32) };
    addNode(store, operation.id, place, wireAt(point));
  });
  useEffect(() => {
    const wire = dragged && wireAt(dragged);
    takeWire(wire && couldInsert(store, dragged.operation, wire) ? wire : null);
  }, [dragged, store]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const [first] = findOperations(text, [...registry.values()]);
    if (event.key === 'Escape') setText('');
    if (event.key !== 'Enter') return;
    if (formula.kind === 'expression') return addGraph(formula.text);
    if (!first || formula.kind === 'problem') return;
    addInTheMiddle(first);
    setText('');
  };

  return (
    <aside className="palette" aria-label={strings.palette.label}>
      <div className="palette-search">
        <Search size={16} aria-hidden="true" />
        <input
          ref={search}
          id="palette-search"
          type="search"
          value={text}
          placeholder={strings.palette.search}
          aria-label={strings.palette.search}
          aria-invalid={formula.kind === 'problem'}
          aria-describedby={formula.kind === 'problem' ? 'palette-problem' : undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <kbd>/</kbd>
      </div>
      <FormulaOffer formula={formula} addGraph={addGraph} addNode={addFormula} />
      <div className="palette-groups">
        <BlockEntries
          text={text}
          add={(block) => {
            const refused = addBlock(store, block, middleOfView());
            if (refused) store.getState().showBubble({ message: refused, x: 248, y: 100 });
          }}
        />
        {shown.map(({ group, operations }) => (
          <section key={group} data-group={group} aria-labelledby={`palette-${group}`}>
            <h2 className="heading" id={`palette-${group}`}>
              {strings.palette.groups[group]}
            </h2>
            <div className="palette-entries">
              {operations.map((operation) => (
                <button
                  key={operation.id}
                  type="button"
                  className="palette-entry"
                  data-wide={operation.title.length + Math.max(3, operation.symbol.length) > widest}
                  title={operation.help}
                  aria-label={strings.palette.add(operation.title)}
                  data-testid={`palette-${operation.id}`}
                  onPointerDown={(event) => start(event, operation)}
                  onClick={() => addInTheMiddle(operation)}
                >
                  <span className="palette-symbol">{operation.symbol}</span>
                  <span className="palette-title">{operation.title}</span>
                </button>
              ))}
            </div>
          </section>
        ))}
        {groups.length === 0 && formula.kind === 'none' && (
          <p className="quiet-text">{strings.palette.nothing(text)}</p>
        )}
      </div>
      {dragged && <Ghost {...dragged} />}
    </aside>
  );
}
