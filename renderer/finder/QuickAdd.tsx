import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import type { GraphError, NodeId } from '#graph';
import { addBlock, blocksStore } from '../blocks/index.ts';
import { useFit } from '../canvas/index.ts';
import { parseValue } from '../format/parse-value.ts';
import { formatNested } from '../format/tensors.ts';
import { follows, precedes } from '../search/follows.ts';
import { readFormula } from '../search/formula.ts';
import { find } from '../search/fuzzy.ts';
import { findOperations } from '../search/operations.ts';
import {
  addBeside,
  addConstant,
  addFormulaNode,
  addGraphOf,
  addNode,
  fitsBeside,
  freePlace,
  useServices,
} from '../store/index.ts';
import { blocking } from '../strings/en-blocks.ts';
import { finding } from '../strings/en-finder.ts';
import { type Choice, Finder } from './Finder.tsx';
import type { QuickAddPlace } from './finder-store.ts';

/** Adds at a place of the canvas what is typed: an operation, a number, or the graph of an expression. */
export function QuickAdd({ at, point, beside, onlyFitting, typed }: QuickAddPlace) {
  const { store } = useServices();
  const { fitView } = useReactFlow();
  const fit = useFit();
  const operations = useMemo(() => {
    const state = store.getState();
    const all = [...state.registry.values()];
    return beside && onlyFitting ? all.filter((each) => fitsBeside(state, each, beside)) : all;
  }, [store, beside, onlyFitting]);
  const previous = useMemo(() => {
    const { editor } = store.getState();
    return editor.document.nodes.find(({ id }) => id === beside?.port.node)?.op;
  }, [store, beside]);

  const usual = ({ id }: { readonly id: string }) => {
    if (!beside || previous === undefined) return 0;
    return beside.startsAt === 'source' ? follows(id, previous) : precedes(id);
  };
  const say = ({ message }: GraphError) => store.getState().showBubble({ message, ...point });
  const free = () => freePlace(store.getState().editor.document, at);
  const addOperation = (op: string): NodeId | null =>
    beside ? addBeside(store, op, free(), beside) : addNode(store, op, free());
  const addGraph = (text: string) => {
    const added = addGraphOf(store, text, at);
    if ('code' in added) return say(added);
    const alone = store.getState().editor.document.nodes.length === added.length;
    // Once they are drawn and measured.
    setTimeout(() => {
      if (alone) fit();
      else void fitView({ nodes: added.map((id) => ({ id })), maxZoom: 1, padding: 0.25 });
    }, 60);
  };
  const addFormula = (text: string) => {
    const refused = addFormulaNode(store, text, free());
    if (refused) say(refused);
  };

  const findBlocks = (text: string) =>
    find(text, blocksStore.getState().blocks, ({ title }) => [title]).map(
      (block): Choice => ({
        key: `block ${block.id}`,
        symbol: '▣',
        title: block.title,
        detail: blocking.detail,
        run: () => {
          const message = addBlock(store, block, at);
          if (message) store.getState().showBubble({ message, ...point });
        },
      }),
    );
  const choicesFor = (text: string): readonly Choice[] => {
    const found = findOperations(text, operations, usual).map(
      ({ id, title, symbol, nickname }): Choice => ({
        key: id,
        title,
        symbol,
        ...(nickname ? { detail: nickname } : {}),
        run: () => addOperation(id),
      }),
    );
    const value = parseValue(text);
    if (value.kind === 'value' && (!beside || beside.startsAt === 'target' || !onlyFitting)) {
      return [
        {
          key: '=constant',
          symbol: 'c',
          title: formatNested(value.array),
          detail: finding.constant,
          run: () => addConstant(store, value.array, free(), beside),
        },
      ];
    }
    const blocks = onlyFitting || text.trim() === '' ? [] : findBlocks(text);
    const formula = readFormula(text, found.length > 0);
    if (formula.kind !== 'expression' || onlyFitting) return [...found, ...blocks];
    return [
      {
        key: '=graph',
        symbol: '⋯',
        title: finding.graphOf(formula.text),
        run: () => addGraph(formula.text),
      },
      {
        key: '=node',
        symbol: 'f(x)',
        title: finding.formulaOf(formula.text),
        run: () => addFormula(formula.text),
      },
      ...found,
    ];
  };
  const nothingFor = (text: string) => {
    const formula = readFormula(text, false);
    if (formula.kind === 'problem' && !onlyFitting) return formula.message;
    return onlyFitting ? finding.nothingFits(text) : finding.noOperation(text);
  };
  return (
    <Finder
      label={finding.add}
      placeholder={finding.addPlaceholder}
      typed={typed}
      point={point}
      choicesFor={choicesFor}
      nothingFor={nothingFor}
    />
  );
}
