import { countOf, type DataSet, type Field, type Fields, type Transform } from '../data-set.ts';
import type { DataSettings } from '../settings.ts';
import { transformOf } from './scaling.ts';
import { limitExamples, selectExamples, splitExamples } from './split.ts';

/** What is held back where nothing else says how well the net does. */
const usualShare = 0.2;

/**
 * A data set as it is trained on: a part held back for validation, `x` and its kin brought to their scale by the
 * examples that are trained on, missing numbers filled with the mean of those. Throws `DataError`.
 */
export function prepareDataSet(data: DataSet, settings: DataSettings): DataSet {
  const { limit, seed, labelSmoothing, augmentation } = settings;
  const all = limit === null ? data.train : limitExamples(data.train, limit, seed);
  const { train, validation } = heldBack(data, all, settings);
  const transforms = new Map<string, Partial<Field>>();
  const target = data.target === undefined ? undefined : train.get(data.target);
  let whole: Scaled | undefined;
  for (const [name, field] of train) {
    if (name === 'y' || field === target || field.classes !== undefined) continue;
    const transform = ofColumn(field, whole) ?? transformOf(field, settings);
    if (transform) transforms.set(name, { transform });
    if (name === 'x' && transform) whole = { field, transform };
  }
  const scaled = (fields: Fields): Fields =>
    new Map([...fields].map(([name, field]) => [name, { ...field, ...transforms.get(name) }]));
  return {
    ...data,
    train: scaled(train),
    ...(validation ? { validation: scaled(validation) } : {}),
    ...(data.test ? { test: scaled(data.test) } : {}),
    training: { labelSmoothing, augmentation, seed },
  };
}

interface Scaled {
  readonly field: Field;
  readonly transform: Transform;
}

/** A table's column lies in `x`, and so is scaled already. */
function ofColumn(field: Field, x: Scaled | undefined): Transform | undefined {
  if (!x || !field.place || field.values !== x.field.values || x.field.place) return undefined;
  const { start } = field.place;
  const { center, factor, fill } = x.transform;
  return {
    center: center.subarray(start, start + 1),
    factor: factor.subarray(start, start + 1),
    ...(fill && field.gaps ? { fill: fill.subarray(start, start + 1) } : {}),
  };
}

function heldBack(
  data: DataSet,
  all: Fields,
  { validation, fold, seed }: DataSettings,
): { readonly train: Fields; readonly validation: Fields | undefined } {
  if (validation === null && fold === null && data.validation) {
    return { train: all, validation: data.validation };
  }
  const share = validation ?? (data.test || countOf(all) < 2 ? 0 : usualShare);
  if (share === 0 && fold === null) return { train: all, validation: undefined };
  const split = splitExamples(all, share, fold, seed, data.name);
  return {
    train: selectExamples(all, split.train),
    validation: selectExamples(all, split.validation),
  };
}
