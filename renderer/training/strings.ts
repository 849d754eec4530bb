/** What the training client says to a person. */
export const TRAINING_STRINGS = {
  badReport:
    'The trainer answered in a way this program does not understand, so the run was ended.',
  lost: (why: string, step: number | undefined) =>
    step === undefined
      ? `${why} No parameters had arrived yet.`
      : `${why} The parameters of step ${step} are kept.`,
} as const;
