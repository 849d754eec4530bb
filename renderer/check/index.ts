export { checker, checksStore } from './checks.ts';
export { placeKey } from './order.ts';
export { useCheck } from './use-check.ts';
