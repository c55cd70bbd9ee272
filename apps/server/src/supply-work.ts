/** What supply does by itself: it follows published plans up, and tells webhooks of releases. */
import {
  followUpPlan,
  type FollowUpDeps,
  sendDueWebhooks,
  type DeliveryQueue,
  type SendWebhook,
} from '@planwright/app';

type SupplyWorkDeps = {
  readonly followUp: FollowUpDeps;
  readonly queue: DeliveryQueue;
  readonly send: SendWebhook;
  readonly companyIds: () => Promise<readonly number[]>;
  readonly subscribe: (
    listener: (change: { readonly companyId: number; readonly what: string }) => void,
  ) => () => void;
  readonly onError: (error: Error) => void;
};

const SEND_EVERY_MS = 5_000;

type SupplyWork = { stop(): Promise<void> };

/**
 * Begins with the companies that there are, then goes by what changes. One thing at a time: a change that comes while a
 * company is looked at makes it be looked at again.
 */
export function startSupplyWork(deps: SupplyWorkDeps): SupplyWork {
  const waiting = new Set<number>();
  let isStopped = false;
  let working: Promise<void> = Promise.resolve();
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isStopped) deps.onError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const queueWork = (work: () => Promise<unknown>): void => {
    working = working.then(() => (isStopped ? undefined : attempt(work)));
  };
  const follow = (companyId: number): void => {
    if (waiting.has(companyId)) return;
    waiting.add(companyId);
    queueWork(async () => {
      waiting.delete(companyId);
      await followUpPlan(deps.followUp, companyId);
    });
  };
  const unsubscribe = deps.subscribe(({ companyId, what }) => {
    if (what === 'run') follow(companyId);
  });
  queueWork(async () => {
    for (const companyId of await deps.companyIds()) follow(companyId);
  });
  const sending = setInterval(
    () => queueWork(() => sendDueWebhooks({ ...deps, now: Date.now })),
    SEND_EVERY_MS,
  );
  return {
    async stop() {
      isStopped = true;
      clearInterval(sending);
      unsubscribe();
      await working;
    },
  };
}
