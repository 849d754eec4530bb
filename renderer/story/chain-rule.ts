export { chainRule, grouped, type WireNames, wireNames } from '#trace';
