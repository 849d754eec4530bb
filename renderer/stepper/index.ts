export { captionOf } from './caption.ts';
export { Stepper } from './Stepper.tsx';
