export { nodeHeight, type ShownPort, shownPorts } from '#graph';
