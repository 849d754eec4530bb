import { type Operation, type OperationGroup, operationGroups, type Registry } from '#ops';

export interface PaletteGroup {
  readonly group: OperationGroup;
  readonly operations: readonly Operation[];
}

/** The palette's groups, with those operations that the text finds; empty text finds all. */
export function paletteGroups(registry: Registry, text: string): readonly PaletteGroup[] {
  const wanted = text.trim().toLowerCase();
  const found = [...registry.values()].filter((operation) => matches(operation, wanted));
  return operationGroups.flatMap((group) => {
    const operations = found.filter((operation) => operation.group === group);
    return operations.length > 0 ? [{ group, operations }] : [];
  });
}

function matches({ id, title, symbol, nickname = '' }: Operation, wanted: string): boolean {
  if (wanted === '') return true;
  if (symbol.toLowerCase() === wanted) return true;
  return [id, title, nickname].some((name) => name.toLowerCase().includes(wanted));
}
