/**
 * The three textbook methods as models of their own: simple smoothing, Holt's trend and the damped trend, each by least
 * squares over parameters and initial states (see ets-optimal-start.ts). They are ETS(A,N,N), ETS(A,A,N) and ETS(A,Ad,N).
 *
 * Source    R's ses(), holt() and holt(damped = TRUE); Gardner and McKenzie (1985), Management Science 31(10), 1237-1246.
 */
import type { Core, ModelDefinition, RefitDepth } from '../../contract/contract.ts';
import { etsCore } from './ets.ts';
import { type EtsFit, etsWorkspace } from './ets-fit.ts';
import { bestStart, fitLevelTrend, type LevelTrendFit } from './ets-optimal-start.ts';
import type { EtsParameters, EtsSpec, EtsTrend } from './ets-spec.ts';

function levelTrendCore(history: Float64Array, spec: EtsSpec, kept?: EtsParameters): Core {
  const best =
    kept === undefined ? fitLevelTrend(history, spec) : bestStart(history, kept, spec.trend !== 'N');
  const fit = asEtsFit(spec, best);
  return etsCore(history, 1, fit, etsWorkspace(history.length, 1), (other, depth: RefitDepth) =>
    levelTrendCore(other, spec, depth === 'states' ? best.parameters : undefined),
  );
}

function asEtsFit(spec: EtsSpec, { parameters, level, trend }: LevelTrendFit): EtsFit {
  const initial = { figure: new Float64Array(0), flatLevel: level, level, trend };
  return { spec, parameters, initial, logLikelihood: 0, aicc: 0 };
}

function levelTrendDefinition(id: string, trend: EtsTrend): ModelDefinition {
  const spec: EtsSpec = { error: 'A', trend, season: 'N' };
  return {
    id,
    gaps: 'fill',
    minimumLength: () => (trend === 'N' ? 2 : 4),
    fit: (history) => levelTrendCore(history, spec),
  };
}

export const sesDefinition: ModelDefinition = levelTrendDefinition('ses', 'N');
export const holtDefinition: ModelDefinition = levelTrendDefinition('holt', 'A');
export const dampedTrendDefinition: ModelDefinition = levelTrendDefinition('damped-trend', 'Ad');
