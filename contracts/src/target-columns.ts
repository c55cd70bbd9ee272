import type { TargetColumn, TargetName } from './target.ts';

// The columns that several targets have, and short ways to write the rest.

export const code = (about: string): TargetColumn => ({
  name: 'code',
  type: 'text',
  required: true,
  key: true,
  about,
});
export const name = (about: string): TargetColumn => ({ name: 'name', type: 'text', required: true, about });
export const ref = (column: string, target: TargetName, about: string): TargetColumn => ({
  name: column,
  type: 'text',
  required: true,
  references: target,
  about,
});
export const keyRef = (column: string, target: TargetName, about: string): TargetColumn => ({
  ...ref(column, target, about),
  key: true,
});
export const optionalRef = (column: string, target: TargetName, about: string): TargetColumn => ({
  name: column,
  type: 'text',
  references: target,
  about,
});
export const text = (column: string, about: string): TargetColumn => ({ name: column, type: 'text', about });
export const day = (column: string, about: string): TargetColumn => ({ name: column, type: 'day', about });
export const quantity = (column: string, about: string, minimum = 0): TargetColumn => ({
  name: column,
  type: 'number',
  minimum,
  unit: 'item unit',
  about,
});
export const money = (column: string, about: string): TargetColumn => ({
  name: column,
  type: 'money',
  about,
});
export const currency: TargetColumn = {
  name: 'currency',
  type: 'text',
  about: 'ISO 4217 code; the company currency where missing.',
};
export const latitude: TargetColumn = {
  name: 'latitude',
  type: 'number',
  minimum: -90,
  maximum: 90,
  unit: 'degrees',
  about: 'WGS84.',
};
export const longitude: TargetColumn = {
  name: 'longitude',
  type: 'number',
  minimum: -180,
  maximum: 180,
  unit: 'degrees',
  about: 'WGS84.',
};
export const leadTimeDays: TargetColumn = {
  name: 'leadTimeDays',
  type: 'number',
  minimum: 0,
  unit: 'days',
  about: 'From release to receipt.',
};
export const priority: TargetColumn = {
  name: 'priority',
  type: 'integer',
  minimum: 1,
  about: '1 is served first.',
};
