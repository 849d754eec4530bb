import type { Training } from '#graph';

/** What every section of the training settings gets. */
export interface SectionProps {
  readonly settings: Training;
  /** Whether a run is under way, for which most of it is fixed. */
  readonly busy: boolean;
  onChange(settings: Partial<Training>): void;
}
