import type { MethodResult } from '@planwright/contracts';
import { bucketsPerYear } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { horizonOf, overHorizon, runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { spoken } from '../plan-view/spoken.ts';
import type { MethodStudy, MethodStudyInput, StudiedMethod } from './method-study.ts';

type Deps = {
  readonly plan: PlanReader;
  /** `methodStudy`, away from the thread that answers requests. */
  readonly study: (input: MethodStudyInput) => Promise<MethodStudy>;
};

/** What each forecasting method would have said of a stream, and says now, the most accurate first. */
export function compareDemandMethods(deps: Deps): Service<'compareDemandMethods'> {
  return async (member, { params, query }) => {
    const run = await runInView(deps.plan, member, query);
    const key = await deps.plan.demandKey(run.runId, params.keyId);
    if (key === undefined)
      throw new PlanningError('NOT_FOUND', { what: 'demand stream', id: String(params.keyId) });
    const series = await deps.plan.series(run.runId, key.keyId);
    const history = series.get('cleansed') ?? series.get('actual') ?? [];
    const study = await deps.study({
      series: Float64Array.from(history),
      season: bucketsPerYear(run.calendar.spec),
      horizon: run.horizonBuckets,
      tier: 'standard',
      chosen: key.method,
    });
    return {
      horizon: horizonOf(run),
      judgedBuckets: study.judged,
      origins: study.origins,
      sentence: spoken(study.sentence),
      methods: study.methods.map((method) => shown(method, (values) => overHorizon(run, values))),
    };
  };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

function shown(method: StudiedMethod, ahead: (values: readonly number[]) => (number | null)[]): MethodResult {
  const { accuracy } = method;
  return {
    method: method.id,
    label: method.label,
    description: spoken(method.description),
    chosen: method.chosen,
    accuracy: {
      wapeRatio: known(accuracy.wape),
      mapeRatio: known(accuracy.mape),
      mapeDropped: accuracy.mapeDropped,
      smapeRatio: known(accuracy.smape),
      maseRatio: known(accuracy.mase),
      biasRatio: known(accuracy.bias),
      trackingSignal: known(accuracy.trackingSignal),
      coverage80Ratio: known(method.coverage80),
      coverage95Ratio: known(method.coverage95),
    },
    wapeByLag: wireValues(method.wapeByLag),
    mean: ahead([...method.mean]),
    lower80: ahead([...method.lower80]),
    upper80: ahead([...method.upper80]),
  };
}
