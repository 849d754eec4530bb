export { type Cells, cellsOf } from '#trace';
