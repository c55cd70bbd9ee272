import type { Service } from '../services.ts';
import { QUALITY_CHECKS, type QualityCode } from './quality-checks.ts';

/** How many rows a check found, and the first of them by name. */
export type QualityCount = {
  readonly code: QualityCode;
  readonly count: number;
  readonly examples: readonly string[];
};

/** Port: runs every check over the stored rows. */
export type QualityReader = { qualityCounts(companyId: number): Promise<readonly QualityCount[]> };

export type GetQualityDeps = { readonly quality: QualityReader; readonly now: () => Date };

/** Errors first, then by how many rows they concern. Checks that found nothing are left out. */
export function getQuality(deps: GetQualityDeps): Service<'getQuality'> {
  return async (member) => {
    const counts = await deps.quality.qualityCounts(member.companyId);
    const findings = counts
      .filter(({ count }) => count > 0)
      .map(({ code, count, examples }) => {
        const { severity, target, message, advice } = QUALITY_CHECKS[code];
        return { code, severity, target, count, message: message(count), advice, examples: [...examples] };
      })
      .sort(
        (a, b) => a.severity.localeCompare(b.severity) || b.count - a.count || a.code.localeCompare(b.code),
      );
    return { findings, checkedAt: deps.now().toISOString() };
  };
}
