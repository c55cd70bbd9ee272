/** Addresses that are told of releases. What is sent, when and how often it is tried again is decided here; sending is a port. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Webhook } from '@planwright/contracts';
import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { Service } from '../services.ts';
import type { SupplyReader, SupplyTransact } from './ports.ts';

type WriteDeps = {
  readonly transact: SupplyTransact;
  readonly newId: () => string;
  /** Says what is wrong with an address; undefined for one that may be called. Names are looked up again when it is. */
  readonly whyNotCallable: (url: string) => string | undefined;
};

const SECRET_BYTES = 32;

export function listWebhooks(deps: { supply: SupplyReader }): Service<'listWebhooks'> {
  return async (member) => ({ webhooks: [...(await deps.supply.webhooks(member.companyId))] });
}

/** @throws PlanningError INVALID_INPUT for an address that may not be called. */
export function addWebhook(deps: WriteDeps): Service<'addWebhook'> {
  return async (member, { body }) => {
    const problem = deps.whyNotCallable(body.url);
    if (problem !== undefined) throw new PlanningError('INVALID_INPUT', { problem: `url: ${problem}` });
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    return deps.transact(async (tx) => {
      const id = deps.newId();
      const row: Webhook = await tx.supply.insertWebhook({
        id,
        companyId: member.companyId,
        url: body.url,
        secret,
        createdBy: member.name,
      });
      await audit(tx, member, {
        action: 'webhook.add',
        objectType: 'webhook',
        objectId: id,
        after: { url: body.url },
      });
      return { ...row, secret };
    });
  };
}

/** Removes an address with all it was told; one that is gone already is no error. */
export function removeWebhook(deps: Pick<WriteDeps, 'transact'>): Service<'removeWebhook'> {
  return async (member, { params }) =>
    deps.transact(async (tx) => {
      const before = await tx.supply.removeWebhook(member.companyId, params.webhookId);
      if (before === undefined) return { removed: false };
      await audit(tx, member, {
        action: 'webhook.remove',
        objectType: 'webhook',
        objectId: before.id,
        before: { url: before.url },
      });
      return { removed: true };
    });
}

export function listWebhookDeliveries(deps: { supply: SupplyReader }): Service<'listWebhookDeliveries'> {
  return async (member, { params, query }) => {
    const hooks = await deps.supply.webhooks(member.companyId);
    if (!hooks.some((hook) => hook.id === params.webhookId))
      throw new PlanningError('NOT_FOUND', { what: 'webhook', id: params.webhookId });
    const after = decodeCursor(query.cursor, 1);
    const page = { after, limit: query.limit };
    const { rows, total } = await deps.supply.deliveries(member.companyId, params.webhookId, page);
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.number],
      ({ number: _number, ...row }) => row,
    );
  };
}

/** A delivery that is due, as a sender takes it. */
export type DueDelivery = {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly event: string;
  readonly payload: string;
  /** This one included. */
  readonly attempts: number;
};

/** `status`: of the answer, null where there was none. */
export type Sent = { readonly status: number | null; readonly problem: string | null };

/** Port: deliveries that wait. Taking one holds it from other senders for a while. */
export type DeliveryQueue = {
  takeDue(limit: number, holdSeconds: number): Promise<readonly DueDelivery[]>;
  /** `nextInSeconds` null: no more attempts. */
  settle(
    id: string,
    sent: Sent,
    outcome: 'delivered' | 'pending' | 'failed',
    nextInSeconds: number | null,
  ): Promise<void>;
};

export type SendWebhook = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<Sent>;

const TAKEN_AT_ONCE = 20;
const HOLD_SECONDS = 120;
/** Waits between attempts; after the last one it has failed. */
const RETRY_SECONDS = [60, 300, 1_800, 7_200, 21_600];

/** Sends what is due, one after the other. Returns how many were tried. */
export async function sendDueWebhooks(deps: {
  readonly queue: DeliveryQueue;
  readonly send: SendWebhook;
  readonly now: () => number;
}): Promise<number> {
  const due = await deps.queue.takeDue(TAKEN_AT_ONCE, HOLD_SECONDS);
  for (const delivery of due) {
    const headers = signedHeaders(delivery, Math.floor(deps.now() / 1000));
    const sent = await deps.send(delivery.url, headers, delivery.payload);
    const isDelivered = sent.status !== null && sent.status >= 200 && sent.status < 300;
    const nextInSeconds = isDelivered ? null : (RETRY_SECONDS[delivery.attempts - 1] ?? null);
    const outcome = isDelivered ? 'delivered' : nextInSeconds === null ? 'failed' : 'pending';
    await deps.queue.settle(delivery.id, sent, outcome, nextInSeconds);
  }
  return due.length;
}

/**
 * The receiver computes the same HMAC-SHA256 over `<t>.<body>` with the secret, compares it with `v1`, and refuses a `t`
 * that is minutes old: a message that was caught cannot be played again later.
 */
function signedHeaders(delivery: DueDelivery, atSeconds: number): Record<string, string> {
  const mac = createHmac('sha256', delivery.secret).update(`${atSeconds}.${delivery.payload}`).digest('hex');
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Planwright',
    'planwright-event': delivery.event,
    'planwright-delivery': delivery.id,
    'planwright-signature': `t=${atSeconds},v1=${mac}`,
  };
}
