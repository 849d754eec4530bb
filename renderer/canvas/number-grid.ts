export { cellDigits, type NumberGrid, numberGrid } from '#trace';
