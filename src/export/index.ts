export { toNumpy } from './code/numpy.ts';
export { ExportError } from './code/sources.ts';
export { type DotOptions, toDot } from './drawing/dot.ts';
export type { Drawing, Mark, Run } from './drawing/drawing.ts';
export type { ThemeName } from './drawing/palette.ts';
export { type PictureOptions, picture } from './drawing/picture.ts';
export { toSvg } from './drawing/svg.ts';
export { toTikz } from './drawing/tikz.ts';
export { type PdfFonts, toPdf } from './pdf/pdf.ts';
