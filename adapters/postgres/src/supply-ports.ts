import type { DeliveryQueue, DueDelivery, SupplyReader, SupplyTransact } from '@planwright/app';
import { sql } from 'kysely';
import { auditTrail } from './audit-repository.ts';
import { announce } from './changes.ts';
import { driverStore } from './demand-drivers.ts';
import type { Db } from './open-database.ts';
import { supplyReader } from './supply-reader.ts';
import { supplyStore } from './supply-store.ts';

/** Everything that supply asks of a database beside what runs wrote. */
export function supplyPorts(db: Db): {
  readonly supply: SupplyReader;
  readonly transact: SupplyTransact;
  readonly queue: DeliveryQueue;
  /** Of all companies of the installation. */
  readonly companyIds: () => Promise<readonly number[]>;
} {
  return {
    supply: supplyReader(db.kysely),
    queue: deliveryQueue(db),
    async companyIds() {
      const { rows } = await sql<{ id: number }>`select id from company order by id`.execute(db.kysely);
      return rows.map(({ id }) => id);
    },
    transact: (work) =>
      db.transact((tx) =>
        work({
          supply: supplyStore(tx),
          codes: driverStore(tx),
          audit: auditTrail(tx),
          announceSupply: (companyId) => announce(tx, { companyId, what: 'company', id: String(companyId) }),
        }),
      ),
  };
}

/** Rows that are taken are not seen by others until their hold is over: a sender that dies loses nothing. */
function deliveryQueue(db: Db): DeliveryQueue {
  return {
    takeDue: (limit, holdSeconds) =>
      db.transact(async (tx) => {
        const { rows } = await sql<DueDelivery>`update webhook_delivery d set attempts = d.attempts + 1,
            last_attempt_at = clock_timestamp(),
            next_attempt_at = clock_timestamp() + ${holdSeconds}::float8 * interval '1 second'
          from supply_webhook w
          where w.id = d.webhook_id and d.id in (select id from webhook_delivery
            where status = 'pending' and next_attempt_at <= clock_timestamp()
            order by webhook_delivery.number limit ${limit} for update skip locked)
          returning d.id, w.url, w.secret, d.event, d.payload, d.attempts`.execute(tx);
        return rows;
      }),
    async settle(id, sent, outcome, nextInSeconds) {
      const next =
        nextInSeconds === null
          ? sql`null`
          : sql`clock_timestamp() + ${nextInSeconds}::float8 * interval '1 second'`;
      await sql`update webhook_delivery set status = ${outcome}, answer_status = ${sent.status},
        problem = ${sent.problem}, next_attempt_at = ${next} where id = ${id}`.execute(db.kysely);
    },
  };
}
