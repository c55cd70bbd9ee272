import { randomUUID } from 'node:crypto';
import {
  cachedPlanReader,
  cancelRun,
  getDemandScopes,
  getDemandSeries,
  getDemandTree,
  getFinance,
  getHome,
  getResourceLoad,
  getRun,
  getStockPoint,
  getSupplySummary,
  listAlerts,
  listDemandKeys,
  listKpis,
  listPlannedOrders,
  listRuns,
  listStockPoints,
  publishRun,
  replayRun,
  type Services,
  startRun,
} from '@planwright/app';
import type { Jobs } from '@planwright/jobs';
import {
  companyFactsReader,
  createPlanReader,
  type Db,
  readConsistently,
  scenarioTransact,
} from '@planwright/postgres';
import { type WorkbenchServices, workbenchServices } from './workbench-services.ts';

export type PlanServices = Pick<
  Services,
  | 'startRun'
  | 'listRuns'
  | 'getRun'
  | 'cancelRun'
  | 'publishRun'
  | 'replayRun'
  | 'getDemandTree'
  | 'getDemandSeries'
  | 'listDemandKeys'
  | 'getDemandScopes'
  | 'getSupplySummary'
  | 'listStockPoints'
  | 'getStockPoint'
  | 'getResourceLoad'
  | 'listPlannedOrders'
  | 'getFinance'
  | 'getHome'
  | 'listKpis'
  | 'listAlerts'
>;

/** Runs of the plan, and every view of what they found. */
export function planServices(db: Db, jobs: Jobs, engineVersion: string): PlanServices & WorkbenchServices {
  const runs = {
    transact: scenarioTransact(db, (tx) => jobs.sendIn(tx)),
    readConsistently: <T>(work: Parameters<typeof readConsistently<T>>[1]) => readConsistently(db, work),
    engineVersion,
    newId: randomUUID,
    clock: () => Date.now(),
  };
  const views = { plan: cachedPlanReader(createPlanReader(db.kysely)), ...companyFactsReader(db.kysely) };
  return {
    ...workbenchServices(db, views.plan),
    startRun: startRun(runs),
    listRuns: listRuns(runs),
    getRun: getRun(runs),
    cancelRun: cancelRun(runs),
    publishRun: publishRun(runs),
    replayRun: replayRun(runs),
    getDemandTree: getDemandTree(views),
    getDemandSeries: getDemandSeries(views),
    listDemandKeys: listDemandKeys(views),
    getDemandScopes: getDemandScopes(views),
    getSupplySummary: getSupplySummary(views),
    listStockPoints: listStockPoints(views),
    getStockPoint: getStockPoint(views),
    getResourceLoad: getResourceLoad(views),
    listPlannedOrders: listPlannedOrders(views),
    getFinance: getFinance(views),
    getHome: getHome(views),
    listKpis: listKpis(views),
    listAlerts: listAlerts(views),
  };
}
