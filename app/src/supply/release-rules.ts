import type { ReleaseRules } from '@planwright/contracts';
import { audit } from '../access/audit.ts';
import type { Service } from '../services.ts';
import type { SupplyReader, SupplyTransact } from './ports.ts';

/** Until somebody sets others: everything is signed by one person, and nothing leaves by itself. */
export const DEFAULT_RULES: ReleaseRules = {
  plannerLimit: null,
  fourEyesFrom: null,
  automaticBelow: null,
  automaticPreferredOnly: true,
  windowDays: 60,
};

export function getReleaseRules(deps: { supply: SupplyReader }): Service<'getReleaseRules'> {
  return async (member) => (await deps.supply.rules(member.companyId)) ?? DEFAULT_RULES;
}

export function changeReleaseRules(deps: {
  supply: SupplyReader;
  transact: SupplyTransact;
}): Service<'changeReleaseRules'> {
  return async (member, { body }) => {
    const before = (await deps.supply.rules(member.companyId)) ?? DEFAULT_RULES;
    return deps.transact(async (tx) => {
      await tx.supply.putRules(member.companyId, body);
      await audit(tx, member, {
        action: 'release-rules.change',
        objectType: 'release-rules',
        objectId: String(member.companyId),
        before,
        after: body,
      });
      await tx.announceSupply(member.companyId);
      return body;
    });
  };
}
