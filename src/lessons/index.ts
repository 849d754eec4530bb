export type { Lesson } from './lesson.ts';
export { mnist } from './mnist.ts';
export { product } from './product.ts';

import { mnist } from './mnist.ts';
import { product } from './product.ts';

/** All worked examples, in the menu's order. */
export const lessons = [product, mnist] as const;
