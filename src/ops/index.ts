export { decodeFloat32, encodeFloat32 } from './attrs/float32.ts';
export { shapeAttr, tensorAttr } from './attrs/schemas.ts';
export { compositeIds, expand, expansionOf } from './expansions/expand.ts';
export {
  type Expansion,
  ExpansionError,
  type InnerEnd,
  type InnerGraph,
  type InnerNode,
} from './expansions/expansion.ts';
export {
  call,
  type Expression,
  type FunctionName,
  functionNames,
  number,
  substitute,
  variable,
  variablesOf,
} from './expression/expression.ts';
export { expressionLatex } from './expression/latex.ts';
export { ExpressionError, parseExpression } from './expression/parse.ts';
export { expressionText } from './expression/text.ts';
export { expressionValue } from './expression/value.ts';
export { outputForm } from './form.ts';
export { PortGradients, type Rounding } from './gradients.ts';
export { manual } from './manual.ts';
export {
  type Auxiliary,
  type Inputs,
  type Local,
  type Operation,
  type OperationGroup,
  operationGroups,
  outputPort,
  type Port,
  type RuleContext,
  type RunningUpdate,
  type Sample,
  ShapeError,
  type SlidingWindow,
  type Work,
} from './operation.ts';
export { findPort, inputPorts, nextPort, variadicPort } from './ports.ts';
export { catalogue, createRegistry, type Registry } from './registry.ts';
export {
  defaultInitializer,
  fans,
  type Initializer,
  initAttr,
  initialValue,
} from './sources/initializers.ts';
