import { expect, test } from 'vitest';
import { dynamicTheta } from '@planwright/forecast';
import { learntBookingCurve } from '../src/sensing/booking-curve.ts';
import { sense } from '../src/sensing/sense.ts';
import { ONLINE_ORDERS, onlineOrders, ORDER_WEEKS as WEEKS, sumOf } from './online-orders.ts';
import { hasData, orSkipped } from './reference-data.ts';

const ITEMS = 100;
const FIRST_JUDGED = 30;

/** Errors of the week over its demand, of the forecast made before it and of what is sensed on Wednesday evening. */
function judged(): { before: number; after: number; scaledUp: number } {
  let [before, after, scaledUp, demand] = [0, 0, 0, 0];
  const most = onlineOrders()
    .sort((a, b) => sumOf(b.byDay) - sumOf(a.byDay))
    .slice(0, ITEMS);
  for (const { byDay: days } of most) {
    const final = new Float64Array(WEEKS);
    const booked = new Float64Array(7 * WEEKS);
    for (let week = 0; week < WEEKS; week++) {
      for (let day = 0; day < 7; day++) {
        final[week] += days[7 * week + day];
        booked[7 * week + 6 - day] = final[week];
      }
    }
    let model = dynamicTheta.fit(final.subarray(0, FIRST_JUDGED), { season: 1 });
    for (let week = FIRST_JUDGED; week < WEEKS; week++) {
      const past = final.subarray(0, week);
      model = model.refit(past, 'states');
      const baseline = model.mean(1).map((value) => Math.max(0, value));
      const { lower, upper } = model.interval(1, 80);
      const bookingCurve = learntBookingCurve({ final: past, booked: booked.subarray(0, 7 * week) });
      const ordered = Float64Array.of(booked[7 * week + 4]);
      const { sensed } = sense({
        baseline,
        lower,
        upper,
        ordered,
        daysToEnd: Int32Array.of(4),
        bookingCurve,
        errors: model.residuals,
      });
      before += Math.abs(baseline[0] - final[week]);
      after += Math.abs(sensed[0] - final[week]);
      scaledUp += Math.abs(ordered[0] / bookingCurve.share[4] - final[week]);
      demand += final[week];
    }
  }
  return { before: before / demand, after: after / demand, scaledUp: scaledUp / demand };
}

// The 100 items ordered most of an online wholesaler (UCI Online Retail), 22 weeks: the forecast made before the week is off by
// 58.6 %, what is ordered by Wednesday evening scaled up by 45.4 %, what is sensed from both by 36.4 %.
test.skipIf(!hasData(ONLINE_ORDERS))(
  `on real orders, sensing beats both the baseline and the order book alone${orSkipped(ONLINE_ORDERS)}`,
  () => {
    const { before, after, scaledUp } = judged();
    expect(after).toBeLessThan(0.37);
    expect(after).toBeLessThan(0.7 * before);
    expect(after).toBeLessThan(0.9 * scaledUp);
  },
);
