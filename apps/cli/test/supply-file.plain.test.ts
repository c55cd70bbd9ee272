import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlanningModelFile, PlanningPlanFile, SupplyModelFile, SupplyPlanFile } from '@planwright/contracts';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { planSupplyFile } from '../src/supply-file.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const example = () =>
  JSON.parse(readFileSync(join(root, 'examples', 'supply', 'bicycle.json'), 'utf8')) as SupplyModelFile;

test('the example is planned through its bill of material', () => {
  const result = planSupplyFile(example(), 'bicycle.json', 'unconstrained');
  if (!('plan' in result)) throw new Error(JSON.stringify(result.issues));
  expect(() => SupplyPlanFile.parse(result.plan)).not.toThrow();
  const wheel = result.plan.stockPoints.find((point) => point.item === 'wheel')!;
  const bicycle = result.plan.stockPoints.find(
    (point) => point.item === 'bicycle' && point.location === 'plant',
  )!;
  expect(wheel.dependentDemand).toEqual(bicycle.plannedReleases.map((quantity) => quantity * 2));
});

test('a cycle is refused and named', () => {
  const model = example();
  model.components.push({ item: 'wheel', location: 'plant', component: 'bicycle', quantityPer: 1 });
  const result = planSupplyFile(model, 'bicycle.json', 'unconstrained');
  expect('issues' in result && result.issues.map((issue) => issue.message).join(' ')).toMatch(
    /bicycle.*wheel|wheel.*bicycle/,
  );
});

test('an unknown field is refused with its place', () => {
  const result = planSupplyFile({ ...example(), safteyStock: 3 }, 'm.json', 'unconstrained');
  expect('issues' in result && result.issues[0]!.message).toContain('safteyStock');
});

test('the published schemas are those the program reads and writes', () => {
  const published = (name: string) =>
    JSON.parse(readFileSync(join(root, 'docs', 'schemas', name), 'utf8')) as unknown;
  expect(published('supply-model-1.schema.json')).toEqual(z.toJSONSchema(SupplyModelFile, { io: 'input' }));
  expect(published('supply-plan-1.schema.json')).toEqual(z.toJSONSchema(SupplyPlanFile));
  expect(published('supply-model.schema.json')).toEqual(z.toJSONSchema(PlanningModelFile, { io: 'input' }));
  expect(published('supply-plan.schema.json')).toEqual(z.toJSONSchema(PlanningPlanFile));
});
