/** A worked example, in the file's own form. */
export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly file: Readonly<Record<string, unknown>>;
}
