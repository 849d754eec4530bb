import type { ArrayValue } from '#tensor';

/**
 * A warning about some entries of a value: `sentence`, followed by how many they are; null where no
 * entry holds. One number needs no count.
 */
export function warning(
  value: ArrayValue,
  holds: (entry: number) => boolean,
  sentence: string,
): string | null {
  const { data } = value.data;
  let found = 0;
  for (const entry of data) if (holds(entry)) found++;
  if (found === 0) return null;
  return data.length === 1 ? `${sentence}.` : `${sentence}: ${found} of ${data.length} entries.`;
}
