import type { GraphDocument } from '#graph';

/** Letters a blackboard uses, by what the node is. */
const letters: Readonly<Record<string, string>> = {
  input: 'xyzuvst',
  parameter: 'wbaθφ',
  constant: 'ckdmn',
};
const forResults = 'qrpghsuvtj';

/** A short name that no node of the document has yet. */
export function freshLabel(document: GraphDocument, op: string): string {
  const taken = new Set(document.nodes.map(({ label }) => label));
  const alphabet = [...(letters[op] ?? forResults)];
  for (let round = 1; ; round++) {
    for (const letter of alphabet) {
      const label = round === 1 ? letter : `${letter}${round}`;
      if (!taken.has(label)) return label;
    }
  }
}
