export { ValueSlider } from './ValueSlider.tsx';
export { Wiggle } from './Wiggle.tsx';
