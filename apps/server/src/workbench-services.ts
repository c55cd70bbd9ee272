import { randomUUID } from 'node:crypto';
import {
  changeDemandEvent,
  compareDemandMethods,
  createDemandEvent,
  decideCleansing,
  getDemandAccuracy,
  getDemandKey,
  getDemandSegments,
  listDemandEvents,
  listDemandFindings,
  listDemandLines,
  listFeasts,
  listLaunches,
  listSensedDemand,
  listSuccessions,
  type PlanReader,
  previewLaunch,
  removeDemandEvent,
  removeLaunch,
  removeSuccession,
  saveLaunch,
  saveSuccession,
  type Services,
  suggestLikeItems,
  undoCleansing,
} from '@planwright/app';
import { studyInThread } from '@planwright/jobs';
import { companyFactsReader, type Db, driverPorts, orderBookReader } from '@planwright/postgres';

export type WorkbenchServices = Pick<
  Services,
  | 'getDemandKey'
  | 'compareDemandMethods'
  | 'decideCleansing'
  | 'undoCleansing'
  | 'getDemandAccuracy'
  | 'getDemandSegments'
  | 'listDemandFindings'
  | 'listDemandLines'
  | 'listSensedDemand'
  | 'listDemandEvents'
  | 'listFeasts'
  | 'createDemandEvent'
  | 'changeDemandEvent'
  | 'removeDemandEvent'
  | 'listLaunches'
  | 'suggestLikeItems'
  | 'previewLaunch'
  | 'saveLaunch'
  | 'removeLaunch'
  | 'listSuccessions'
  | 'saveSuccession'
  | 'removeSuccession'
>;

/** The demand workbench: what planners know beside history, and what a run made of it. */
export function workbenchServices(db: Db, plan: PlanReader): WorkbenchServices {
  const { itemFacts } = companyFactsReader(db.kysely);
  const orderBook = orderBookReader(db.kysely);
  const deps = { ...driverPorts(db), plan, itemFacts, orderBook, study: studyInThread, newId: randomUUID };
  return {
    getDemandKey: getDemandKey(deps),
    compareDemandMethods: compareDemandMethods(deps),
    decideCleansing: decideCleansing(deps),
    undoCleansing: undoCleansing(deps),
    getDemandAccuracy: getDemandAccuracy(deps),
    getDemandSegments: getDemandSegments(deps),
    listDemandFindings: listDemandFindings(deps),
    listDemandLines: listDemandLines(deps),
    listSensedDemand: listSensedDemand(deps),
    listDemandEvents: listDemandEvents(deps),
    listFeasts: listFeasts(deps),
    createDemandEvent: createDemandEvent(deps),
    changeDemandEvent: changeDemandEvent(deps),
    removeDemandEvent: removeDemandEvent(deps),
    listLaunches: listLaunches(deps),
    suggestLikeItems: suggestLikeItems(deps),
    previewLaunch: previewLaunch(deps),
    saveLaunch: saveLaunch(deps),
    removeLaunch: removeLaunch(deps),
    listSuccessions: listSuccessions(deps),
    saveSuccession: saveSuccession(deps),
    removeSuccession: removeSuccession(deps),
  };
}
