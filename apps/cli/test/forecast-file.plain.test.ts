import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { forecastFile } from '../src/forecast-file.ts';
import { learnFromFile } from '../src/panel-of-file.ts';
import { readSeriesFile } from '../src/series-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'forecast-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SERIES = 450; // More than two chunks.
const MONTHS = 36;

test('a file comes out in its order, with nested bands and dates that go on, whatever the workers', async () => {
  const path = join(folder, 'series.csv');
  const rows = Array.from({ length: SERIES }, (_, series) =>
    Array.from({ length: MONTHS }, (_, month) => {
      const day = `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
      return `"item, ${series}",${day},${100 + series + 20 * Math.sin((month / 12) * 2 * Math.PI)}`;
    }).join('\n'),
  );
  writeFileSync(path, `unique_id,ds,y\n${rows.join('\n')}\n`);
  const file = await readSeriesFile(path, 'M');
  const options = { horizon: 3, season: 12, frequency: 'M', tier: 'fast', levels: [80, 95] } as const;
  const texts: string[] = [];
  for (const workers of [1, 2]) {
    const out = join(folder, `out-${workers}.csv`);
    await forecastFile(file, { ...options, workers, out, models: `${out}.models` }, () => undefined);
    texts.push(readFileSync(out, 'utf8'));
    expect(readFileSync(`${out}.models`, 'utf8').trim().split('\n')).toHaveLength(SERIES + 1);
  }
  expect(texts[1]).toBe(texts[0]);
  const lines = texts[0]!.trim().split('\n');
  expect(lines[0]).toBe('unique_id,ds,mean,lo-80,hi-80,lo-95,hi-95');
  expect(lines).toHaveLength(1 + SERIES * 3);
  const last = /^"item, 449",2026-03-01,(.*)$/.exec(lines.at(-1)!)!;
  const [mean, lower80, upper80, lower95, upper95] = last[1]!.split(',').map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  expect(lower95).toBeLessThanOrEqual(lower80);
  expect(lower80).toBeLessThanOrEqual(mean);
  expect(mean).toBeLessThanOrEqual(upper80);
  expect(upper80).toBeLessThanOrEqual(upper95);
});

test('the best tier learns from all series of the file, and gives the same file whatever the workers', async () => {
  const path = join(folder, 'panel.csv');
  const wave = (series: number, month: number) => Math.sin(((month + series) / 12) * 2 * Math.PI);
  const rows = Array.from({ length: 60 }, (_, series) =>
    Array.from({ length: 72 }, (_, month) => {
      const day = `${2020 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
      // A level shift that all series share: a single series cannot know how it goes on.
      const level = 200 + 3 * series + (month % 24 >= 12 ? 60 : 0);
      return `item-${series},${day},${level + 25 * wave(series % 3, month) + ((series * 7 + month * 13) % 11)}`;
    }).join('\n'),
  );
  writeFileSync(path, `unique_id,ds,y\n${rows.join('\n')}\n`);
  const file = await readSeriesFile(path, 'M');
  const shares: number[] = [];
  const learn = (workers: number) =>
    learnFromFile(file, { season: 12, horizon: 6, workers }, (share) => shares.push(share));
  const learnt = await learn(2);
  expect((await learn(1)).bytes).toEqual(learnt.bytes);
  expect(learnt.reason).toMatch(/^On the last periods of 60 keys a model across keys lowered the error/);
  expect(shares.at(-1)).toBe(1);
  const options = { horizon: 6, season: 12, frequency: 'M', tier: 'best', levels: [80, 95] } as const;
  const texts: string[] = [];
  for (const workers of [1, 2]) {
    const out = join(folder, `best-${workers}.csv`);
    const models = `${out}.models`;
    await forecastFile(file, { ...options, workers, out, models, panelModel: learnt.bytes }, () => undefined);
    texts.push(readFileSync(out, 'utf8'));
    expect(readFileSync(models, 'utf8')).toContain('+ model across series');
  }
  expect(texts[1]).toBe(texts[0]);
});
