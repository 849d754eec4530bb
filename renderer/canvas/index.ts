export { Canvas } from './Canvas.tsx';
export { useFit } from './use-fit.ts';
