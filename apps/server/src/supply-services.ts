import { randomUUID } from 'node:crypto';
import {
  addWebhook,
  approveProposals,
  bookKeeper,
  cancelOptimum,
  changeException,
  changeReleaseRules,
  commentException,
  decideSupply,
  decideSupplyTogether,
  type FollowUpDeps,
  getConstrainedSummary,
  getException,
  getOptimum,
  getReleaseRules,
  getResource,
  getStockPointPlans,
  getSupplyNetwork,
  getSupplyWhy,
  listConstrainedOrders,
  listExceptions,
  listPolicyProposals,
  listProposals,
  listRoughCut,
  listRoughCutProducts,
  listStopProposals,
  listSupplierRisks,
  listSupplyDecisions,
  listSupplyDemands,
  listWebhookDeliveries,
  listWebhooks,
  type OptimumRows,
  type OptimumTransact,
  type PlanReader,
  type PolicyReads,
  rejectProposals,
  releaseProposals,
  removeWebhook,
  type Services,
  simulateException,
  startOptimum,
  takeExceptionAction,
  tryOutSupplyEdits,
  undoSupplyDecision,
  undoSupplyDecisions,
} from '@planwright/app';
import { whyNotCallable } from '@planwright/http';
import { createWhatIfThread, type WhatIfThread } from '@planwright/jobs';
import { type Db, optimumRows, supplyPlanReads, supplyPorts } from '@planwright/postgres';

export type SupplyServices = Pick<
  Services,
  | 'getConstrainedSummary'
  | 'getStockPointPlans'
  | 'listSupplyDemands'
  | 'listConstrainedOrders'
  | 'getSupplyWhy'
  | 'getSupplyNetwork'
  | 'getResource'
  | 'tryOutSupplyEdits'
  | 'listSupplyDecisions'
  | 'decideSupply'
  | 'decideSupplyTogether'
  | 'undoSupplyDecision'
  | 'undoSupplyDecisions'
  | 'listProposals'
  | 'approveProposals'
  | 'releaseProposals'
  | 'rejectProposals'
  | 'getReleaseRules'
  | 'changeReleaseRules'
  | 'listSupplierRisks'
  | 'listWebhooks'
  | 'addWebhook'
  | 'removeWebhook'
  | 'listWebhookDeliveries'
  | 'listExceptions'
  | 'getException'
  | 'simulateException'
  | 'changeException'
  | 'commentException'
  | 'takeExceptionAction'
  | 'listPolicyProposals'
  | 'listRoughCut'
  | 'listRoughCutProducts'
  | 'listStopProposals'
  | 'startOptimum'
  | 'getOptimum'
  | 'cancelOptimum'
>;

export type SupplySetup = { readonly allowPrivateWebhooks: boolean };

type SupplyDeps = FollowUpDeps &
  ReturnType<typeof supplyPorts> & { readonly optimums: OptimumRows } & Pick<
    WhatIfThread,
    'tryOut' | 'destroy'
  >;

/** What services and background work of supply share: open plans above all. `destroy` ends the thread behind them. */
export function supplyDeps(db: Db, plan: PlanReader): SupplyDeps {
  const reads = supplyPlanReads(db.kysely);
  const open = bookKeeper(reads);
  const { tryOut, prepare, destroy } = createWhatIfThread(reads);
  let openedLast = '';
  const openBook: FollowUpDeps['openBook'] = (run) => {
    // Who looks at a plan may try something out next: the thread reads it while they look.
    if (run.runId !== openedLast) prepare(run);
    openedLast = run.runId;
    return open(run);
  };
  return { ...supplyPorts(db), plan, reads, openBook, tryOut, destroy, optimums: optimumRows(db) };
}

/** The constrained plan, and what people do with it. */
export function supplyServices(
  shared: ReturnType<typeof supplyDeps>,
  own: { readonly policy: PolicyReads; readonly transactOptimum: OptimumTransact },
  setup: SupplySetup,
): SupplyServices {
  const deps = {
    ...shared,
    ...own,
    newId: randomUUID,
    whyNotCallable: (url: string) => whyNotCallable(url, { allowPrivate: setup.allowPrivateWebhooks }),
  };
  return {
    getConstrainedSummary: getConstrainedSummary(deps),
    getStockPointPlans: getStockPointPlans(deps),
    listSupplyDemands: listSupplyDemands(deps),
    listConstrainedOrders: listConstrainedOrders(deps),
    getSupplyWhy: getSupplyWhy(deps),
    getSupplyNetwork: getSupplyNetwork(deps),
    getResource: getResource(deps),
    tryOutSupplyEdits: tryOutSupplyEdits(deps),
    listSupplyDecisions: listSupplyDecisions(deps),
    decideSupply: decideSupply(deps),
    decideSupplyTogether: decideSupplyTogether(deps),
    undoSupplyDecision: undoSupplyDecision(deps),
    undoSupplyDecisions: undoSupplyDecisions(deps),
    listProposals: listProposals(deps),
    approveProposals: approveProposals(deps),
    releaseProposals: releaseProposals(deps),
    rejectProposals: rejectProposals(deps),
    getReleaseRules: getReleaseRules(deps),
    changeReleaseRules: changeReleaseRules(deps),
    listSupplierRisks: listSupplierRisks(deps),
    listWebhooks: listWebhooks(deps),
    addWebhook: addWebhook(deps),
    removeWebhook: removeWebhook(deps),
    listWebhookDeliveries: listWebhookDeliveries(deps),
    listExceptions: listExceptions(deps),
    getException: getException(deps),
    simulateException: simulateException(deps),
    changeException: changeException(deps),
    commentException: commentException(deps),
    takeExceptionAction: takeExceptionAction(deps),
    listPolicyProposals: listPolicyProposals(deps),
    listRoughCut: listRoughCut(deps),
    listRoughCutProducts: listRoughCutProducts(deps),
    listStopProposals: listStopProposals(deps),
    startOptimum: startOptimum(deps),
    getOptimum: getOptimum(deps),
    cancelOptimum: cancelOptimum(deps),
  };
}
