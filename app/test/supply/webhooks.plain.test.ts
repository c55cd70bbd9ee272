import { createHmac } from 'node:crypto';
import { type DeliveryQueue, type DueDelivery, sendDueWebhooks } from '@planwright/app';
import { describe, expect, test } from 'vitest';

type Settled = Parameters<DeliveryQueue['settle']>;

function queueOf(attempts: number) {
  const due: DueDelivery = {
    id: 'd1',
    url: 'https://erp.example.com/in',
    secret: 'secret',
    event: 'supply.released',
    payload: '{"a":1}',
    attempts,
  };
  const settled: Settled[] = [];
  const queue: DeliveryQueue = {
    takeDue: async () => [due],
    settle: async (...given) => void settled.push(given),
  };
  return { queue, settled };
}

describe('webhooks', () => {
  test('sign time and body, so that a receiver can tell what is ours and new', async () => {
    const { queue } = queueOf(1);
    let signature = '';
    await sendDueWebhooks({
      queue,
      now: () => 1_700_000_000_999,
      send: async (_url, headers) => {
        signature = headers['planwright-signature'];
        return { status: 200, problem: null };
      },
    });
    const mac = createHmac('sha256', 'secret').update('1700000000.{"a":1}').digest('hex');
    expect(signature).toBe(`t=1700000000,v1=${mac}`);
  });

  test.each([
    [1, 200, 'delivered', null],
    [1, 500, 'pending', 60],
    [2, null, 'pending', 300],
    [5, 404, 'pending', 21_600],
    [6, 500, 'failed', null],
  ] as const)('attempt %i answered with %s is %s', async (attempts, status, outcome, next) => {
    const { queue, settled } = queueOf(attempts);
    const sent = { status, problem: status === 200 ? null : 'no' };
    expect(await sendDueWebhooks({ queue, now: Date.now, send: async () => sent })).toBe(1);
    expect(settled).toEqual([['d1', sent, outcome, next]]);
  });
});
