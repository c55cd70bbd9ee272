import { expect, test } from 'vitest';
import type { PlanningBlocks } from '../../src/scenarios/stages/planning-piece.ts';
import { rehearsalEdits } from '../../src/supply/rehearsal-edits.ts';

type Source = PlanningBlocks['planning']['sources'][number];

const source = (point: number, more: Partial<Source> = {}): Source => ({
  source: `S${point}`,
  item: `I${point}`,
  location: 'L',
  kind: 'buy',
  leadTimeDays: 3,
  point,
  ...more,
});

function blocksOf(sources: readonly Source[], points: readonly number[]): PlanningBlocks {
  const resources = [{ code: 'R0' }, { code: 'R1' }];
  const planning = { sources, networks: [{ points, resources: [1] }] };
  return { meta: { asOf: 20_000 }, planning, resources } as unknown as PlanningBlocks;
}

test('edits are spread over the sources of the network, and one resource of it stands still', () => {
  const sources = Array.from({ length: 80 }, (_, point) => source(point));
  const inside = sources.slice(10).map(({ point }) => point);
  const edits = rehearsalEdits(blocksOf(sources, inside), 0);
  const items = edits.flatMap((edit) => ('item' in edit ? [edit.item] : []));
  expect(items).toEqual(['I10', 'I20', 'I30', 'I40', 'I50', 'I60', 'I70']);
  expect(edits.at(-1)).toEqual({
    kind: 'stop',
    resource: 'R1',
    startsOn: '2024-10-11',
    endsOn: '2024-10-17',
  });
});

test('each edit is another rule than the one that holds, and no lot goes beyond its maximum', () => {
  const sources = [
    source(0, { lotMinimum: 40 }),
    source(1),
    source(2, { lotMultiple: 25, lotMaximum: 30 }),
    source(3),
  ];
  const edits = rehearsalEdits(blocksOf(sources, [0, 1, 2, 3]), 0);
  expect(edits.slice(0, 4)).toMatchObject([
    { kind: 'lot', lotMinimum: 80 },
    { kind: 'leadTime', leadTimeDays: 10 },
    { kind: 'lot', lotMinimum: 30 },
    { kind: 'lot', lotMinimum: 20 },
  ]);
});

test('a network without sources has its resource stand still, and no more', () => {
  const edits = rehearsalEdits(blocksOf([], [0]), 0);
  expect(edits.map(({ kind }) => kind)).toEqual(['stop']);
});
