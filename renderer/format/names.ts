export { type NameParts, nameLatex, nameParts, outputName, wireName } from '#graph';
