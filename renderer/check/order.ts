import type { GradientCheck, Place } from '#diagnose';
import type { GraphDocument } from '#graph';

/** What the page asks of the worker that checks gradients. */
export type CheckOrder =
  /** The graph that the orders after this one are about. */
  | { readonly type: 'document'; readonly document: GraphDocument }
  /** These places, by their keys; all of them without. */
  | { readonly type: 'check'; readonly only?: readonly string[] };

export type CheckReply =
  | { readonly type: 'checked'; readonly checks: readonly GradientCheck[] }
  /** Everything one order asked for. */
  | { readonly type: 'done' };

/** A place as a key of maps and messages. */
export function placeKey(place: Place): string {
  return place.kind === 'wire' ? `wire ${place.wire}` : `node ${place.node}`;
}
