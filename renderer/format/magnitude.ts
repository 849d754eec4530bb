export { knownNorm, wireWidth } from '#trace';
