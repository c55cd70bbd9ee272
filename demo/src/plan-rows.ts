/** Rows of people's plans and of money: assignments, quotas, ledger, rates, events, leads and deals. */
import { isoFromDay } from '@planwright/time';
import type { Company } from './company.ts';
import { dayText, listSource, moneyText, type RowSource } from './row-batches.ts';

const CURRENCY = 'USD';
const ORGANISATION = 'Fernhollow Outdoor';

export function assignmentRows({ force }: Company): RowSource {
  return listSource('seller_territory', force.assignments, {
    seller: (row) => force.employees[row.seller].code,
    territory: (row) => force.territories[row.territory].code,
    startsOn: (row) => isoFromDay(row.startsOn),
    endsOn: (row) => dayText(row.endsOn),
  });
}

export function quotaRows({ quotas, force }: Company): RowSource {
  return listSource('quota', quotas, {
    seller: (row) => force.employees[row.seller].code,
    periodStart: (row) => isoFromDay(row.periodStart),
    periodEnd: (row) => isoFromDay(row.periodEnd),
    amount: (row) => moneyText(row.cents),
    currency: () => CURRENCY,
  });
}

export function ledgerRows({ ledger }: Company): RowSource {
  return listSource('ledger_line', ledger, {
    scenario: (row) => row.scenario,
    organisation: () => ORGANISATION,
    department: (row) => row.department,
    account: (row) => row.account,
    itemGroup: (row) => row.itemGroup,
    postedOn: (row) => isoFromDay(row.postedOn),
    accountType: (row) => row.accountType,
    amount: (row) => moneyText(row.cents),
    currency: () => CURRENCY,
  });
}

export function fxRows({ rates }: Company): RowSource {
  return listSource('fx_rate', rates, {
    fromCurrency: (row) => row.from,
    toCurrency: (row) => row.to,
    on: (row) => isoFromDay(row.on),
    rate: (row) => row.rate,
  });
}

export function leadRows({ leads, force }: Company): RowSource {
  return listSource('lead', leads, {
    code: (lead) => lead.code,
    name: (lead) => lead.name,
    origin: (lead) => lead.origin,
    status: (lead) => lead.status,
    seller: (lead) => (lead.seller < 0 ? null : force.employees[lead.seller].code),
    createdOn: (lead) => isoFromDay(lead.createdOn),
    opportunityCode: (lead) => lead.deal,
  });
}

export function dealRows({ deals, accounts, force }: Company): RowSource {
  return listSource('opportunity', deals, {
    code: (deal) => deal.code,
    name: (deal) => deal.name,
    account: (deal) => accounts[deal.account].code,
    seller: (deal) => force.employees[deal.seller].code,
    itemGroup: (deal) => deal.family,
    stage: (deal) => deal.stage,
    outcome: (deal) => deal.outcome,
    winRatio: (deal) => deal.winRatio,
    amount: (deal) => moneyText(deal.cents),
    currency: () => CURRENCY,
    createdOn: (deal) => isoFromDay(deal.createdOn),
    expectedCloseOn: (deal) => isoFromDay(deal.expectedCloseOn),
    closedOn: (deal) => dayText(deal.closedOn),
  });
}

export function dealEventRows({ deals }: Company): RowSource {
  const events = deals.flatMap((deal) =>
    deal.events.map((event, index) => ({ ...event, deal: deal.code, index })),
  );
  return listSource('opportunity_event', events, {
    opportunity: (event) => event.deal,
    sequence: (event) => event.index + 1,
    on: (event) => isoFromDay(event.on),
    stage: (event) => event.stage,
    amount: (event) => moneyText(event.cents),
    expectedCloseOn: (event) => isoFromDay(event.expectedCloseOn),
  });
}
