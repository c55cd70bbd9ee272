/** What the plan as a whole comes to: five key figures, and the alerts worth someone's time. */
import type { Snapshot } from '../snapshot.ts';
import { foundAlerts } from './alerts.ts';
import { demandFindings, eventEffects } from './demand-findings.ts';
import { keyFigures } from './key-figures.ts';
import type { RunBlocks } from './run-blocks.ts';
import type { EarlierResults, KpisResult } from './stage-results.ts';

export function kpisStage(snapshot: Snapshot, blocks: RunBlocks, earlier: EarlierResults): KpisResult {
  const points = earlier.supply.flatMap((result) => result.points);
  const unmet = points.reduce((sum, point) => sum + point.unmetIndependent, 0);
  const asked = blocks.independentDemand.reduce((sum, quantity) => sum + quantity, 0);
  const found = demandFindings(earlier);
  return {
    kpis: keyFigures(snapshot, blocks, earlier),
    ...foundAlerts(snapshot, blocks, earlier, found.findings),
    fillRatio: asked > 0 ? 1 - unmet / asked : null,
    eventEffects: eventEffects(earlier),
    ...found,
  };
}
