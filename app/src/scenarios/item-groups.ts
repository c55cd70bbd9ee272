/** The item hierarchy over demand keys: which keys and items lie below which group. Group '' is the whole company. */
import type { Issue } from '@planwright/units';
import type { GroupRow, ItemRow } from './company-data.ts';

export type PlannedGroup = {
  readonly code: string;
  readonly name: string;
  /** Null for the whole company alone; '' for a top level. */
  readonly parentCode: string | null;
  readonly depth: number;
};

export type GroupInputs = {
  /** The company first, then each group behind its parent, siblings by code. */
  readonly groups: readonly PlannedGroup[];
  /** Index of the lowest group of each item of the company data; 0 where it has none. */
  readonly groupOfItem: readonly number[];
};

/** Groups that stand in a circle hang under the company, with an issue. */
export function groupInputs(
  rows: readonly GroupRow[],
  items: readonly ItemRow[],
): { readonly inputs: GroupInputs; readonly issues: Issue[] } {
  const issues: Issue[] = [];
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const parentOf = new Map<string, string>();
  for (const row of rows) {
    const inCircle = standsInCircle(row, byCode);
    if (inCircle) issues.push(circleIssue(row));
    parentOf.set(row.code, inCircle || !byCode.has(row.parentCode ?? '') ? '' : (row.parentCode ?? ''));
  }
  const childrenOf = Map.groupBy(rows, (row) => parentOf.get(row.code) ?? '');
  const groups: PlannedGroup[] = [{ code: '', name: 'All items', parentCode: null, depth: 0 }];
  const visit = (code: string, depth: number): void => {
    for (const child of childrenOf.get(code) ?? []) {
      groups.push({ code: child.code, name: child.name, parentCode: code, depth });
      visit(child.code, depth + 1);
    }
  };
  visit('', 1);
  const indexOf = new Map(groups.map((group, index) => [group.code, index]));
  return {
    inputs: { groups, groupOfItem: items.map((item) => indexOf.get(item.groupCode ?? '') ?? 0) },
    issues,
  };
}

/** The groups from an index up to the company, lowest first. */
export function pathsUp(groups: readonly PlannedGroup[]): readonly (readonly number[])[] {
  const indexOf = new Map(groups.map((group, index) => [group.code, index]));
  const paths: number[][] = [];
  groups.forEach((group, index) => {
    const parent = group.parentCode === null ? undefined : indexOf.get(group.parentCode);
    paths.push(parent === undefined ? [index] : [index, ...paths[parent]]);
  });
  return paths;
}

function standsInCircle(row: GroupRow, byCode: ReadonlyMap<string, GroupRow>): boolean {
  let above = byCode.get(row.parentCode ?? '');
  for (let steps = 0; above !== undefined && steps <= byCode.size; steps++) {
    if (above.code === row.code) return true;
    above = byCode.get(above.parentCode ?? '');
  }
  return false;
}

function circleIssue(row: GroupRow): Issue {
  return {
    severity: 'warning',
    code: 'GROUP_CIRCLE',
    message: `The item group ${row.code} lies below itself; it is shown at the top level.`,
    advice: 'Correct its parent group.',
    file: 'item_group',
    column: 'parentCode',
    value: row.parentCode ?? '',
  };
}
