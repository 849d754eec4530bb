/** What the view of the data and its worker say to each other. */

import type {
  Column,
  Overview,
  Page,
  PageRequest,
  PartialDataSettings,
  PartName,
  Scatter,
} from '#data';
import type { DatasetLocation } from '#train';

export type DataAsk =
  | ({ readonly kind: 'page' } & PageRequest)
  | { readonly kind: 'scatter'; readonly part: PartName; readonly a: string; readonly b: string };

export type DataAnswer =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'scatter'; readonly scatter: Scatter };

export type DataOrder =
  | {
      readonly type: 'open';
      /** Which opening it is: what belongs to an earlier one is dropped. */
      readonly opening: number;
      readonly location: DatasetLocation;
      readonly settings: PartialDataSettings;
    }
  | { readonly type: 'ask'; readonly opening: number; readonly id: number; readonly ask: DataAsk };

export type DataReply =
  | { readonly type: 'opened'; readonly opening: number; readonly overview: Overview }
  | {
      readonly type: 'failed';
      readonly opening: number;
      readonly message: string;
      /** Of a table that was read as far as that. */
      readonly columns?: readonly Column[] | undefined;
    }
  | {
      readonly type: 'answer';
      readonly opening: number;
      readonly id: number;
      readonly answer: DataAnswer;
    };
