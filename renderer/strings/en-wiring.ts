/** What the gestures on wires say. */
export const wiring = {
  cut: 'Cut the wire',
  reconnect: 'Reconnect',
  insert: (name: string) => `Insert ${name}`,
  remove: (count: number) =>
    count === 1 ? 'Delete and reconnect' : `Delete ${count} nodes and reconnect`,
  bypass: (count: number) => (count === 1 ? 'Bypass' : `Bypass ${count} nodes`),
  putBack: (count: number) => (count === 1 ? 'Put back' : `Put back ${count} nodes`),
  wasBypassed: (names: readonly string[]) =>
    `${names.join(', ')} hand${names.length === 1 ? 's' : ''} on what enters, unchanged.`,
  wasPutBack: (names: readonly string[]) =>
    `${names.join(', ')} compute${names.length === 1 ? 's' : ''} again.`,
  bypassed: 'bypassed',
  name: 'Name of the wire',
  wasCut: (name: string) => `The wire ${name} is cut.`,
  wasInserted: (name: string, wire: string) => `${name} stands on the wire ${wire} now.`,
  selectNodes: 'Select the nodes to delete first.',
  selectBoth: 'Select one node and the one wire to insert it on.',
  selectSome: 'Select some nodes or wires first.',
  notLed: (why: string, count: number) =>
    count === 1
      ? `One wire could not be led past it: ${why}`
      : `${count} wires could not be led past it: ${why}`,
};
