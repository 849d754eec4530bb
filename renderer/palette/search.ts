import { type Operation, type OperationGroup, operationGroups, type Registry } from '#ops';
import { findOperations } from '../search/operations.ts';

export interface PaletteGroup {
  readonly group: OperationGroup;
  readonly operations: readonly Operation[];
}

/** The palette's groups, with those operations that the text finds; empty text finds all. */
export function paletteGroups(registry: Registry, text: string): readonly PaletteGroup[] {
  const found = new Set(findOperations(text, [...registry.values()]));
  return operationGroups.flatMap((group) => {
    const operations = [...registry.values()].filter(
      (operation) => operation.group === group && found.has(operation),
    );
    return operations.length > 0 ? [{ group, operations }] : [];
  });
}
