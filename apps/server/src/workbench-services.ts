import { randomUUID } from 'node:crypto';
import {
  changeDemandEvent,
  createDemandEvent,
  decideCleansing,
  getDemandAccuracy,
  getDemandKey,
  getDemandSegments,
  listDemandEvents,
  listDemandFindings,
  listLaunches,
  listSuccessions,
  type PlanReader,
  removeDemandEvent,
  removeLaunch,
  removeSuccession,
  saveLaunch,
  saveSuccession,
  type Services,
  undoCleansing,
} from '@planwright/app';
import { type Db, driverPorts } from '@planwright/postgres';

export type WorkbenchServices = Pick<
  Services,
  | 'getDemandKey'
  | 'decideCleansing'
  | 'undoCleansing'
  | 'getDemandAccuracy'
  | 'getDemandSegments'
  | 'listDemandFindings'
  | 'listDemandEvents'
  | 'createDemandEvent'
  | 'changeDemandEvent'
  | 'removeDemandEvent'
  | 'listLaunches'
  | 'saveLaunch'
  | 'removeLaunch'
  | 'listSuccessions'
  | 'saveSuccession'
  | 'removeSuccession'
>;

/** The demand workbench: what planners know beside history, and what a run made of it. */
export function workbenchServices(db: Db, plan: PlanReader): WorkbenchServices {
  const deps = { ...driverPorts(db), plan, newId: randomUUID };
  return {
    getDemandKey: getDemandKey(deps),
    decideCleansing: decideCleansing(deps),
    undoCleansing: undoCleansing(deps),
    getDemandAccuracy: getDemandAccuracy(deps),
    getDemandSegments: getDemandSegments(deps),
    listDemandFindings: listDemandFindings(deps),
    listDemandEvents: listDemandEvents(deps),
    createDemandEvent: createDemandEvent(deps),
    changeDemandEvent: changeDemandEvent(deps),
    removeDemandEvent: removeDemandEvent(deps),
    listLaunches: listLaunches(deps),
    saveLaunch: saveLaunch(deps),
    removeLaunch: removeLaunch(deps),
    listSuccessions: listSuccessions(deps),
    saveSuccession: saveSuccession(deps),
    removeSuccession: removeSuccession(deps),
  };
}
