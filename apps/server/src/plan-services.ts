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
  listStockPeriods,
  listStockPoints,
  listStockRules,
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
  optimumTransact,
  policyReads,
  readConsistently,
  scenarioTransact,
} from '@planwright/postgres';
import { supplyDeps, type SupplyServices, supplyServices, type SupplySetup } from './supply-services.ts';
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
  | 'listStockPeriods'
  | 'listStockRules'
  | 'getStockPoint'
  | 'getResourceLoad'
  | 'listPlannedOrders'
  | 'getFinance'
  | 'getHome'
  | 'listKpis'
  | 'listAlerts'
>;

/** Runs of the plan, every view of what they found, and what supply's work in the background shares with them. */
export function planServices(
  db: Db,
  jobs: Jobs,
  engineVersion: string,
  setup: SupplySetup,
): { services: PlanServices & WorkbenchServices & SupplyServices; supply: ReturnType<typeof supplyDeps> } {
  const runs = {
    transact: scenarioTransact(db, (tx) => jobs.sendIn(tx)),
    readConsistently: <T>(work: Parameters<typeof readConsistently<T>>[1]) => readConsistently(db, work),
    engineVersion,
    newId: randomUUID,
    clock: () => Date.now(),
  };
  const views = { plan: cachedPlanReader(createPlanReader(db.kysely)), ...companyFactsReader(db.kysely) };
  const supply = supplyDeps(db, views.plan);
  const ownPorts = {
    policy: policyReads(db.kysely),
    transactOptimum: optimumTransact(db, (tx) => jobs.sendIn(tx)),
  };
  const services = {
    ...workbenchServices(db, views.plan),
    ...supplyServices(supply, ownPorts, setup),
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
    listStockPeriods: listStockPeriods(views),
    listStockRules: listStockRules({ ...views, openBook: supply.openBook }),
    getStockPoint: getStockPoint({ ...views, openBook: supply.openBook }),
    getResourceLoad: getResourceLoad(views),
    listPlannedOrders: listPlannedOrders(views),
    getFinance: getFinance(views),
    getHome: getHome(views),
    listKpis: listKpis(views),
    listAlerts: listAlerts(views),
  };
  return { services, supply };
}
