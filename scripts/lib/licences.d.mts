export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}
export function licences(): Licence[];
export function licencesText(): string;
