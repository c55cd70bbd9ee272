import type { DemandSelection } from '../plan-view/plan-reader.ts';

type Scope = {
  readonly group?: string | undefined;
  readonly item?: string | undefined;
  readonly location?: string | undefined;
  readonly channel?: string | undefined;
};

/** What a query selects; without a group the whole company. */
export function selectionOf(scope: Scope): DemandSelection {
  return { group: scope.group ?? '', item: scope.item, location: scope.location, channel: scope.channel };
}
