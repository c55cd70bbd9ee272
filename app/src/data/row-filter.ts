import { type Target, type TargetColumn, targetOf, type TargetName } from '@planwright/contracts';
import { dayFromIso } from '@planwright/time';
import { PlanningError } from '../errors.ts';

/** One `column = value`, with the column known and the value checked against its type; '' is a missing value. */
export type RowFilter = { readonly column: TargetColumn; readonly value: string };

const FILTER_COUNT_MAX = 6;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;

/**
 * Reads `column=value;column=value`. Column names are those of the target and nothing else: they become
 * identifiers in the query.
 */
export function parseRowFilters(targetName: TargetName, where: string | undefined): RowFilter[] {
  if (where === undefined || where.trim() === '') return [];
  const target = targetOf(targetName);
  const parts = where.split(';');
  if (parts.length > FILTER_COUNT_MAX) throw refusal(`At most ${FILTER_COUNT_MAX} filters can be given.`);
  return parts.map((part) => parseFilter(target, part));
}

function parseFilter(target: Target, part: string): RowFilter {
  const split = part.indexOf('=');
  if (split < 1) throw refusal(`The filter ${JSON.stringify(part)} is not of the form column=value.`);
  const name = part.slice(0, split).trim();
  const value = part.slice(split + 1);
  const column = target.columns.find((one) => one.name === name);
  if (column === undefined) {
    const known = target.columns.map((one) => one.name).join(', ');
    throw refusal(`${target.label} has no column ${JSON.stringify(name)}. Its columns are: ${known}.`);
  }
  if (!isValueOf(column, value)) {
    throw refusal(`${JSON.stringify(value)} cannot be a value of ${name}, which is a ${column.type}.`);
  }
  return { column, value };
}

function isValueOf(column: TargetColumn, value: string): boolean {
  if (value === '') return true;
  switch (column.type) {
    case 'text':
      return true;
    case 'day':
      return !Number.isNaN(dayFromIso(value));
    case 'integer':
      return /^-?\d{1,9}$/.test(value);
    case 'number':
    case 'money':
      return NUMBER.test(value);
    case 'flag':
      return value === 'true' || value === 'false';
  }
}

const refusal = (problem: string): PlanningError => new PlanningError('INVALID_INPUT', { problem });
