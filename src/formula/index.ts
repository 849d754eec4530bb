export { expressionToGraph, type FormulaGraph } from './to-graph.ts';
export { graphToText } from './to-text.ts';
