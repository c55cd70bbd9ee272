/** Checks rows against the targets they claim to fill: what an importer would refuse, found before it is asked. */
import {
  type CellValue,
  keyColumnsOf,
  TARGET_NAMES,
  type TargetBatch,
  type TargetColumn,
  type TargetName,
  targetOf,
} from '@planwright/contracts';
import { dayFromIso } from '@planwright/time';

const MONEY = /^-?\d+(\.\d{1,4})?$/;
const FAULT_LIMIT = 100;

/**
 * What is wrong with a whole import, as sentences; none is the goal, and it stops at the first hundred.
 *
 * Batches must come in the order of TARGET_NAMES. Columns are complete and typed as the target says, required
 * cells are filled, keys are unique, and each reference names the code of a row (of an earlier target or its own).
 * Cost     O(cells) time; memory for the keys of the target in hand and the codes of all targets.
 */
export function batchFaults(batches: Iterable<TargetBatch>): string[] {
  const faults: string[] = [];
  const codes = new Map<TargetName, Set<CellValue>>(TARGET_NAMES.map((name) => [name, new Set()]));
  // References within a target may point to later rows: they are looked up when all rows are seen.
  const pending: { target: TargetName; column: string; to: TargetName; value: CellValue }[] = [];
  let keys = new Set<string>();
  let current: TargetName | null = null;
  for (const batch of batches) {
    if (batch.target !== current) {
      const isInOrder =
        current === null || TARGET_NAMES.indexOf(batch.target) > TARGET_NAMES.indexOf(current);
      if (!isInOrder) faults.push(`${batch.target} comes after ${current}`);
      current = batch.target;
      keys = new Set();
    }
    const target = targetOf(batch.target);
    faults.push(...shapeFaults(batch));
    for (const column of target.columns) {
      const cells = batch.columns[column.name] ?? [];
      for (const value of cells) {
        const fault = cellFault(column, value);
        if (fault !== null) faults.push(`${batch.target}.${column.name}: ${fault}`);
        if (column.name === 'code') codes.get(batch.target)?.add(value);
        if (column.references === undefined || value === null) continue;
        if (column.references === batch.target) {
          pending.push({ target: batch.target, column: column.name, to: column.references, value });
        } else if (codes.get(column.references)?.has(value) !== true) {
          faults.push(`${batch.target}.${column.name}: no ${column.references} has the code ${value}`);
        }
      }
    }
    faults.push(...keyFaults(batch, keys));
    if (faults.length >= FAULT_LIMIT) return faults;
  }
  for (const { target, column, to, value } of pending) {
    if (codes.get(to)?.has(value) !== true)
      faults.push(`${target}.${column}: no ${to} has the code ${value}`);
  }
  return faults;
}

function shapeFaults(batch: TargetBatch): string[] {
  const names = targetOf(batch.target).columns.map((column) => column.name);
  const missing = names.filter((name) => batch.columns[name]?.length !== batch.rowCount);
  const unknown = Object.keys(batch.columns).filter((name) => !names.includes(name));
  return [
    ...missing.map((name) => `${batch.target}.${name}: not ${batch.rowCount} cells`),
    ...unknown.map((name) => `${batch.target}.${name}: no such column`),
  ];
}

function keyFaults(batch: TargetBatch, keys: Set<string>): string[] {
  const columns = keyColumnsOf(targetOf(batch.target)).map((name) => batch.columns[name] ?? []);
  const faults: string[] = [];
  for (let row = 0; row < batch.rowCount; row++) {
    const key = JSON.stringify(columns.map((cells) => cells[row]));
    if (keys.has(key)) faults.push(`${batch.target}: the key ${key} comes twice`);
    keys.add(key);
  }
  return faults;
}

function cellFault(column: TargetColumn, value: CellValue): string | null {
  if (value === null) {
    return column.required === true || column.key === true ? 'a required cell is empty' : null;
  }
  const isText = typeof value === 'string';
  const isRight = {
    text: isText && value === value.trim() && (value !== '' || column.fallback === ''),
    day: isText && !Number.isNaN(dayFromIso(value)),
    money: isText && MONEY.test(value),
    number: typeof value === 'number' && Number.isFinite(value),
    integer: Number.isSafeInteger(value),
    flag: typeof value === 'boolean',
  }[column.type];
  if (!isRight) return `${JSON.stringify(value)} is not ${column.type}`;
  if (column.oneOf !== undefined && !column.oneOf.includes(String(value)))
    return `${value} is not one of the choices`;
  const number = Number(value);
  if (column.minimum !== undefined && number < column.minimum) return `${value} is below ${column.minimum}`;
  if (column.maximum !== undefined && number > column.maximum) return `${value} is above ${column.maximum}`;
  return null;
}
