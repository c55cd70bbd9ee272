import { PlanningError } from '../errors.ts';
import type { DriverStore } from './ports.ts';

type Target = Parameters<DriverStore['missing']>[1];

/**
 * Refuses codes that the company does not have, all of them at once.
 *
 * @throws PlanningError INVALID_INPUT naming field and code.
 */
export async function requireCodes(
  drivers: Pick<DriverStore, 'missing'>,
  companyId: number,
  fields: readonly { readonly field: string; readonly target: Target; readonly codes: readonly string[] }[],
): Promise<void> {
  const problems: string[] = [];
  for (const { field, target, codes } of fields) {
    if (codes.length === 0) continue;
    for (const code of await drivers.missing(companyId, target, codes)) {
      problems.push(`${field}: there is no ${NAMES[target]} ${code}.`);
    }
  }
  if (problems.length > 0) throw new PlanningError('INVALID_INPUT', { problem: problems.join(' ') });
}

const NAMES: Record<Target, string> = {
  item: 'item',
  item_group: 'item group',
  location: 'location',
  resource: 'resource',
};

/** The code as a list, empty for none. */
export const given = (code: string | null): readonly string[] => (code === null || code === '' ? [] : [code]);
