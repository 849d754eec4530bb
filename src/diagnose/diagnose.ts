import { catalogue, type Registry } from '#ops';
import type { Trace } from '#trace';
import { deadRelu, oneSigned, saturated } from './activations.ts';
import { type Diagnosis, Patient } from './diagnosis.ts';
import { gradientDied, noGradient, vanishingOrExploding } from './flow.ts';
import { float32Overflow, notFinite } from './numbers.ts';
import { activatedScores, linearLayers, squaredErrorAfterSquashing } from './structure.ts';
import { warned } from './warned.ts';

const examinations = [
  notFinite,
  float32Overflow,
  saturated,
  deadRelu,
  gradientDied,
  noGradient,
  vanishingOrExploding,
  activatedScores,
  squaredErrorAfterSquashing,
  linearLayers,
  oneSigned,
];

const rank = { error: 0, warning: 1, hint: 2 };

/** Everything worth knowing about a traced graph, the gravest first. */
export function diagnose(trace: Trace, registry: Registry = catalogue): Diagnosis[] {
  const patient = new Patient(trace);
  const found = examinations.flatMap((examine) => examine(patient));
  const covered = new Set(found.map(({ node }) => node));
  return [...found, ...warned(patient, registry, covered)].sort(
    (a, b) => rank[a.severity] - rank[b.severity],
  );
}
