import { dayFromIso } from '@planwright/time';
import { beforeAll, describe, expect, test } from 'vitest';
import { centsOf, demoTables, type Row, type Tables } from './tables.ts';

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const monthOf = (value: unknown): string => String(value).slice(0, 7);

function totals(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  valueOf: (row: Row) => number,
): Map<string, number> {
  const result = new Map<string, number>();
  for (const row of rows) result.set(nameOf(row), (result.get(nameOf(row)) ?? 0) + valueOf(row));
  return result;
}

describe.each(['S', 'M'] as const)('demo company %s', (size) => {
  let tables: Tables;
  let lines: readonly Row[];
  let orders: readonly Row[];
  let asOf: string;
  beforeAll(() => {
    tables = demoTables({ size });
    orders = tables.rows('sales_order_line');
    lines = orders.filter((row) => Number(row.quantity) > 0);
    asOf = tables.profile.asOf;
  });

  test('has the size it promises', () => {
    const keys = new Set(lines.map((row) => `${row.item} ${row.location} ${row.channel}`)).size;
    const kinds = totals(
      tables.rows('item'),
      (row) => String(row.kind),
      () => 1,
    );
    const [low, high] = size === 'S' ? [150, 200] : [1500, 2500];
    expect(keys).toBeGreaterThanOrEqual(low);
    expect(keys).toBeLessThanOrEqual(high);
    expect([kinds.get('finished'), kinds.get('spare')]).toEqual(size === 'S' ? [40, 15] : [300, 200]);
    expect(lines.length).toBeGreaterThan(size === 'S' ? 8_000 : 150_000);
    expect(lines.length).toBeLessThan(size === 'S' ? 13_000 : 250_000);
  });

  test('revenue of every month in the ledger is what was shipped in it, to the cent', () => {
    const actual = tables
      .rows('ledger_line')
      .filter((row) => row.scenario === 'actual' && row.accountType === 'revenue');
    const booked = totals(
      actual,
      (row) => monthOf(row.postedOn),
      (row) => centsOf(row.amount),
    );
    const shipped = totals(
      orders.filter((row) => row.shippedOn !== null),
      (row) => monthOf(row.shippedOn),
      (row) => centsOf(row.netAmount),
    );
    expect(booked.size).toBe(48);
    expect(Object.fromEntries(booked)).toEqual(Object.fromEntries(shipped));
  });

  test('an order is the sum of its lines', () => {
    const byOrder = totals(
      orders,
      (row) => String(row.order),
      (row) => centsOf(row.netAmount),
    );
    const heads = tables.rows('sales_order');
    expect(heads.length).toBe(byOrder.size);
    const wrong = heads.filter(
      (head) =>
        byOrder.get(String(head.code)) !== centsOf(head.netAmount) ||
        centsOf(head.totalAmount) !==
          centsOf(head.netAmount) + centsOf(head.taxAmount) + centsOf(head.freightAmount),
    );
    expect(wrong).toEqual([]);
  });

  test('the inventory of the ledger is the stock at its cost, and stock on hand is the last of it', () => {
    const balances = tables.rows('stock_balance');
    const stock = totals(
      balances,
      (row) => monthOf(row.on),
      (row) => Math.round(Number(row.quantity) * centsOf(row.unitCost)),
    );
    const booked = tables.rows('ledger_line').filter((row) => String(row.account).startsWith('1300'));
    expect(booked.length).toBe(48);
    for (const row of booked) expect(centsOf(row.amount)).toBe(stock.get(monthOf(row.postedOn)));
    const last = new Map(
      balances
        .filter((row) => row.on === '2026-10-31')
        .map((row) => [`${row.item} ${row.location}`, row.quantity]),
    );
    for (const row of tables.rows('on_hand')) {
      expect(row.quantity).toBe(last.get(`${row.item} ${row.location}`));
      expect(Number(row.quantity)).toBeGreaterThanOrEqual(0);
    }
  });

  test('nothing is lost: stock moves by what came in and what went out', () => {
    // From the sixth month on, when what was under way on the first day has arrived.
    const from = '2023-04-30';
    const finished = tables.rows('item').filter((row) => row.kind === 'finished');
    const accepted = (row: Row): number => Number(row.receivedQuantity) - Number(row.rejectedQuantity);
    const of = (rows: readonly Row[], day: (row: Row) => unknown, units: (row: Row) => number) =>
      totals(
        rows.filter((row) => day(row) === null || String(day(row)) > from),
        (row) => String(row.item),
        units,
      );
    const opening = totals(
      tables.rows('stock_balance').filter((row) => row.on === from),
      (row) => String(row.item),
      (row) => Number(row.quantity),
    );
    const closing = totals(
      tables.rows('on_hand'),
      (row) => String(row.item),
      (row) => Number(row.quantity),
    );
    const made = of(
      tables.rows('work_order'),
      (row) => row.endOn,
      (row) => Number(row.completedQuantity),
    );
    const bought = of(tables.rows('purchase_order_line'), (row) => row.receivedOn, accepted);
    const shipped = of(
      lines,
      (row) => row.shippedOn,
      (row) => Number(row.shippedQuantity),
    );
    // Lines and purchases with a part on either side of the day cannot be told apart by their rows.
    const astride = new Set([
      ...lines
        .filter(
          (row) =>
            String(row.requestedOn) <= from && (row.shippedOn === null || String(row.shippedOn) > from),
        )
        .map((row) => row.item),
      ...tables
        .rows('purchase_order_line')
        .filter(
          (row) =>
            String(row.orderedOn) <= from && (row.receivedOn === null || String(row.receivedOn) > from),
        )
        .map((row) => row.item),
    ]);
    const tested = finished.filter((row) => !astride.has(row.code));
    expect(tested.length).toBeGreaterThan(finished.length / 2);
    for (const { code } of tested) {
      const item = String(code);
      const moved = (made.get(item) ?? 0) + (bought.get(item) ?? 0) - (shipped.get(item) ?? 0);
      expect([item, (closing.get(item) ?? 0) - (opening.get(item) ?? 0)]).toEqual([item, moved]);
    }
  });

  test('service is good and not perfect, worst in season, and a backlog is left', () => {
    const due = lines.filter((row) => String(row.requestedOn) < asOf);
    const isOtif = (row: Row): boolean =>
      row.shippedOn !== null &&
      String(row.shippedOn) <= String(row.requestedOn) &&
      Number(row.shippedQuantity) >= Number(row.quantity);
    const ratioOf = (rows: readonly Row[]): number => rows.filter(isOtif).length / rows.length;
    const [low, high] = size === 'S' ? [0.82, 0.94] : [0.88, 0.93];
    expect(ratioOf(due)).toBeGreaterThan(low);
    expect(ratioOf(due)).toBeLessThan(high);
    const inMonths = (months: readonly string[]) =>
      due.filter((row) => months.includes(String(row.requestedOn).slice(5, 7)));
    expect(ratioOf(inMonths(['04', '05']))).toBeLessThan(ratioOf(inMonths(['01', '02'])) - 0.04);
    const backlog = due.filter((row) => row.shippedOn === null);
    expect(backlog.length).toBeGreaterThan(size === 'S' ? 2 : 100);
    expect(
      lines.some((row) => row.shippedOn !== null && Number(row.shippedQuantity) < Number(row.quantity)),
    ).toBe(true);
    expect(lines.filter((row) => String(row.requestedOn) >= asOf).length).toBeGreaterThan(lines.length / 200);
  });

  test('inventory turns and margins are those of a maker of machines', () => {
    const ledger = tables
      .rows('ledger_line')
      .filter((row) => row.scenario === 'actual' && String(row.postedOn) >= '2025-10-31');
    const total = (rows: readonly Row[]): number => sum(rows.map((row) => centsOf(row.amount)));
    const cost = total(ledger.filter((row) => row.accountType === 'cost of sales'));
    const revenue = total(ledger.filter((row) => row.accountType === 'revenue'));
    const expense = total(ledger.filter((row) => row.accountType === 'expense'));
    const stock = ledger.filter((row) => String(row.account).startsWith('1300'));
    const turns = ((cost / 13) * 12) / (total(stock) / stock.length);
    expect(turns).toBeGreaterThan(size === 'S' ? 3.3 : 4);
    expect(turns).toBeLessThan(7);
    expect(1 - cost / revenue).toBeGreaterThan(0.25);
    expect(1 - cost / revenue).toBeLessThan(0.45);
    expect(expense / revenue).toBeLessThan(1 - cost / revenue);
  });

  test('nothing is ordered before its launch or after its phase-out, and nothing happens on the as-of day', () => {
    const items = new Map(tables.rows('item').map((row) => [row.code, row]));
    const wrong = orders.filter((row) => {
      const item = items.get(row.item);
      const ordered = String(row.orderedOn);
      const isAlive =
        ordered >= String(item?.activeFrom) && (item?.activeTo === null || ordered <= String(item?.activeTo));
      return !isAlive || ordered >= asOf || (row.shippedOn !== null && String(row.shippedOn) >= asOf);
    });
    expect(wrong).toEqual([]);
    const lives = [...items.values()];
    expect(lives.filter((row) => row.successorCode !== null && row.activeTo !== null).length).toBeGreaterThan(
      0,
    );
    expect(lives.filter((row) => String(row.activeFrom ?? '') > asOf).length).toBeGreaterThan(0);
  });

  test('service parts are asked for now and then', () => {
    const spares = new Set(
      tables
        .rows('item')
        .filter((row) => row.kind === 'spare')
        .map((row) => row.code),
    );
    const months = new Map<unknown, Set<string>>();
    for (const row of lines.filter((line) => spares.has(line.item))) {
      months.set(row.item, (months.get(row.item) ?? new Set()).add(monthOf(row.requestedOn)));
    }
    expect(months.size).toBeGreaterThan(spares.size * 0.95);
    for (const withDemand of months.values()) expect(48 / withDemand.size).toBeGreaterThan(1.32);
  });

  test('mowers have a spring, snow throwers an autumn, and battery tools grow where gas tools shrink', () => {
    const groupOf = new Map(tables.rows('item').map((row) => [row.code, String(row.groupCode)]));
    const units = (groups: readonly string[], fits: (day: string) => boolean): number =>
      sum(
        lines
          .filter((row) => groups.includes(groupOf.get(row.item) ?? '') && fits(String(row.requestedOn)))
          .map((row) => Number(row.quantity)),
      );
    const share = (groups: readonly string[], months: readonly string[]) =>
      units(groups, (day) => day < asOf && months.includes(day.slice(5, 7))) /
      units(groups, (day) => day < asOf);
    // A quarter of the year would be 0.25 without a season.
    expect(share(['PUSH', 'SELF', 'TRAC', 'ZERO'], ['03', '04', '05'])).toBeGreaterThan(0.4);
    expect(share(['SNW1', 'SNW2', 'SNWB'], ['10', '11', '12'])).toBeGreaterThan(0.4);
    expect(share(['SNW1', 'SNW2', 'SNWB'], ['04', '05', '06'])).toBeLessThan(0.05);
    const growth = (groups: readonly string[]) =>
      units(groups, (day) => day >= '2025-11-01' && day < asOf) / units(groups, (day) => day < '2023-11-01');
    expect(growth(['TRMB', 'BLWB', 'SAWB', 'BATM'])).toBeGreaterThan(
      growth(['TRMG', 'BLWG', 'PUSH', 'SELF']) + 0.2,
    );
  });

  test('every place lies in the contiguous United States, and clear of Canada', () => {
    for (const row of [...tables.rows('account'), ...tables.rows('location')]) {
      const latitude = Number(row.latitude);
      const longitude = Number(row.longitude);
      expect(latitude > 24.5 && latitude < 49 && longitude > -124.7 && longitude < -66.95).toBe(true);
      // North of 43 degrees and between the lakes and Maine it would be Ontario or Quebec.
      expect(latitude > 45.1 && longitude > -83 && longitude < -70.5).toBe(false);
      expect(latitude > 43.3 && longitude > -82.2 && longitude < -76.4).toBe(false);
    }
  });

  test('the standard cost of what is made is its material and its hours, to the cent', () => {
    const cost = new Map(tables.rows('item').map((row) => [row.code, Number(row.standardCost)]));
    const rate = new Map(tables.rows('resource').map((row) => [row.code, Number(row.costPerHour)]));
    const material = totals(
      tables.rows('bom_row'),
      (row) => String(row.parent),
      (row) => (Number(row.quantityPer) * (cost.get(row.component) ?? 0)) / (1 - Number(row.scrapRatio)),
    );
    const labour = totals(
      tables.rows('routing_step'),
      (row) => String(row.item),
      (row) => Number(row.hoursPerUnit) * (rate.get(row.resource) ?? 0),
    );
    const made = tables.rows('item').filter((row) => row.source === 'make');
    expect(made.length).toBeGreaterThan(50);
    for (const row of made) {
      const code = String(row.code);
      expect(
        Math.abs((material.get(code) ?? 0) + (labour.get(code) ?? 0) - Number(row.standardCost)),
      ).toBeLessThan(0.0051);
    }
  });

  test('no territory has two sellers on one day, and quotas go to who holds it', () => {
    const byTerritory = Map.groupBy(tables.rows('seller_territory'), (row) => row.territory);
    for (const rows of byTerritory.values()) {
      const sorted = rows.toSorted((a, b) => dayFromIso(String(a.startsOn)) - dayFromIso(String(b.startsOn)));
      sorted.slice(1).forEach((row, index) => {
        expect(String(sorted[index].endsOn) < String(row.startsOn)).toBe(true);
      });
    }
    const sellers = new Set(
      tables
        .rows('employee')
        .filter((row) => row.isSeller)
        .map((row) => row.code),
    );
    for (const row of tables.rows('quota')) expect(sellers.has(row.seller)).toBe(true);
  });

  test('deals move forward in time, end once, and some are stale', () => {
    const events = Map.groupBy(tables.rows('opportunity_event'), (row) => row.opportunity);
    for (const deal of tables.rows('opportunity')) {
      const history = events.get(deal.code) ?? [];
      const days = history.map((row) => dayFromIso(String(row.on)));
      expect(days).toEqual(days.toSorted((a, b) => a - b));
      expect(history.at(-1)?.stage).toBe(deal.stage);
      expect(history.at(-1)?.amount).toBe(deal.amount);
      expect(deal.closedOn === null).toBe(deal.outcome === 'open');
      expect(String(history.at(-1)?.on) < asOf).toBe(true);
    }
    const deals = tables.rows('opportunity');
    const count = (outcome: string): number => deals.filter((row) => row.outcome === outcome).length;
    const winRatio = count('won') / (count('won') + count('lost'));
    expect(winRatio).toBeGreaterThan(0.18);
    expect(winRatio).toBeLessThan(0.4);
    expect(
      deals.filter((row) => row.outcome === 'open' && String(row.expectedCloseOn) < asOf).length,
    ).toBeGreaterThan(0);
  });

  test('suppliers with a bad name deliver late more often', () => {
    const rating = new Map(tables.rows('supplier').map((row) => [row.code, String(row.rating)]));
    const received = tables.rows('purchase_order_line').filter((row) => row.receivedOn !== null);
    const lateRatio = (wanted: string): number => {
      const rows = received.filter((row) => rating.get(row.supplier) === wanted);
      return rows.filter((row) => String(row.receivedOn) > String(row.dueOn)).length / rows.length;
    };
    expect(lateRatio('C')).toBeGreaterThan(lateRatio('A') + 0.1);
    expect(
      tables.rows('purchase_order_line').filter((row) => row.status === 'open' && String(row.dueOn) < asOf)
        .length,
    ).toBeGreaterThan(0);
    expect(tables.rows('work_order').filter((row) => row.status === 'open').length).toBeGreaterThan(0);
    expect(sum(received.map((row) => Number(row.rejectedQuantity)))).toBeGreaterThan(0);
  });
});

describe('demo company M', () => {
  let tables: Tables;
  beforeAll(() => {
    tables = demoTables({ size: 'M' });
  });

  test('promotions sell, and the weeks after them pay for a part of it', () => {
    const parentOf = new Map(tables.rows('item_group').map((row) => [row.code, row.parentCode]));
    const groupOf = new Map(tables.rows('item').map((row) => [row.code, row.groupCode]));
    const unitsOn = new Map<string, number>();
    for (const row of tables.rows('sales_order_line')) {
      if (Number(row.quantity) <= 0) continue;
      const day = dayFromIso(String(row.requestedOn));
      for (let group = groupOf.get(row.item) ?? null; group !== null; group = parentOf.get(group) ?? null) {
        const name = `${group} ${row.channel} ${day}`;
        unitsOn.set(name, (unitsOn.get(name) ?? 0) + Number(row.quantity));
      }
    }
    const asOf = dayFromIso(tables.profile.asOf);
    const first = dayFromIso('2022-12-01');
    const channels = ['dealer', 'retail', 'online'];
    const rate = (group: unknown, among: readonly unknown[], from: number, length: number): number =>
      sum(
        among.flatMap((channel) =>
          Array.from({ length }, (_, t) => unitsOn.get(`${group} ${channel} ${from + t}`) ?? 0),
        ),
      ) / length;
    const effects = tables
      .rows('demand_event')
      .filter((row) => row.kind === 'promotion')
      .flatMap((row) => {
        const from = dayFromIso(String(row.startsOn));
        const to = dayFromIso(String(row.endsOn));
        if (from - 28 <= first || to + 50 >= asOf) return [];
        const length = to - from + 1;
        const dipLength = Math.round(length * 0.9);
        const against = (among: readonly unknown[]) => {
          const before = rate(row.itemGroup, among, from - 28, 28);
          const after = rate(row.itemGroup, among, to + dipLength + 1, 28);
          const calm = (before + after) / 2;
          return {
            lift: rate(row.itemGroup, among, from, length) / calm,
            dip: rate(row.itemGroup, among, to + 1, dipLength) / calm,
          };
        };
        // The other channels have the same season and no promotion.
        const own = against([row.channel]);
        const other = against(channels.filter((channel) => channel !== row.channel));
        return [{ lift: own.lift / other.lift, dip: own.dip / other.dip }];
      });
    expect(effects.length).toBeGreaterThan(30);
    expect(sum(effects.map((effect) => effect.lift)) / effects.length).toBeGreaterThan(1.2);
    expect(sum(effects.map((effect) => effect.dip)) / effects.length).toBeLessThan(0.95);
  });

  test('three work centres are too small for the season, the others are not', () => {
    const items = new Map(tables.rows('item').map((row) => [row.code, row]));
    const billOf = Map.groupBy(tables.rows('bom_row'), (row) => row.parent);
    const units = new Map<string, number[]>();
    const add = (item: unknown, month: number, quantity: number): void => {
      const months = units.get(String(item)) ?? new Array<number>(12).fill(0);
      units.set(String(item), months);
      months[month] += quantity;
      for (const row of billOf.get(String(item)) ?? []) {
        add(row.component, month, (quantity * Number(row.quantityPer)) / (1 - Number(row.scrapRatio)));
      }
    };
    for (const row of tables.rows('sales_order_line')) {
      const requestedOn = String(row.requestedOn);
      if (Number(row.quantity) <= 0 || requestedOn < '2025-11-01' || requestedOn >= '2026-11-01') continue;
      add(row.item, Number(requestedOn.slice(5, 7)) - 1, Number(row.quantity));
    }
    const hours = new Map<unknown, number[]>();
    for (const step of tables.rows('routing_step')) {
      const load = hours.get(step.resource) ?? new Array<number>(12).fill(0);
      hours.set(step.resource, load);
      (units.get(String(step.item)) ?? []).forEach((quantity, month) => {
        const lots = quantity / Number(items.get(step.item)?.lotMinimum);
        load[month] += quantity * Number(step.hoursPerUnit) + lots * Number(step.setupHours);
      });
    }
    const peaks = tables
      .rows('resource')
      .map((row) => {
        const capacity = ((Number(row.hoursPerWeek) * Number(row.efficiencyRatio)) / 7) * 30.4;
        return { code: String(row.code), ratio: Math.max(...(hours.get(row.code) ?? [])) / capacity };
      })
      .sort((a, b) => b.ratio - a.ratio);
    // Last year's demand against capacity that fits the coming year.
    expect(
      peaks
        .slice(0, 3)
        .map((peak) => peak.code)
        .toSorted(),
    ).toEqual(['CID-PAINT', 'CID-WALK', 'GSP-PACK']);
    expect(peaks[2].ratio).toBeGreaterThan(0.9);
    expect(peaks[0].ratio).toBeLessThan(1.2);
    for (const peak of peaks.slice(3)) expect(peak.ratio).toBeLessThan(0.95);
  });
});
