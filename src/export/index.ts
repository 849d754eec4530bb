export { toNumpy } from './code/numpy.ts';
export { ExportError } from './code/sources.ts';
export { pyTorch, toPyTorch } from './code/torch.ts';
export { csvColumns, toCsv } from './csv.ts';
export { type DotOptions, toDot } from './drawing/dot.ts';
export {
  type Drawing,
  type Mark,
  type Run,
  runSize,
  subscriptDrop,
  type TextMark,
} from './drawing/drawing.ts';
export type { ThemeName } from './drawing/palette.ts';
export { type PictureOptions, picture } from './drawing/picture.ts';
export { toSvg } from './drawing/svg.ts';
export { toTikz } from './drawing/tikz.ts';
export { type JsonOptions, toJson } from './json.ts';
export { toMarkdown } from './markdown.ts';
export { fromOnnx } from './onnx/from-onnx.ts';
export { onnxModel, toOnnx } from './onnx/to-onnx.ts';
export { type PdfFonts, toPdf } from './pdf/pdf.ts';
