import { describe, expect, test } from 'vitest';
import { endLabels } from '../src/ui/chart/end-labels.ts';
import { spanNames } from '../src/ui/chart/span-names.ts';
import type { TimePicture } from '../src/ui/chart/time-series.ts';
import { axisRange } from '../src/ui/chart/value-axis.ts';

const picture = (values: readonly (number | null)[][], spare: Partial<TimePicture> = {}): TimePicture => ({
  buckets: (values[0] ?? []).map((_, index) => ({
    label: `W${index}`,
    fiscalLabel: '',
    startsOn: `W${index}`,
    endsOn: `W${index}`,
  })),
  firstPlanBucket: null,
  series: values.map((row, index) => ({ name: `Line ${index}`, mark: 'actual', values: row })),
  bands: [],
  unit: 'EA',
  scale: { divisor: 1, prefix: '', digits: 0 },
  fromZero: true,
  ...spare,
});

describe('the value axis', () => {
  test.each([
    [[3, 9.1], { low: 0, high: 10, step: 2 }],
    [[-6, 43], { low: -10, high: 50, step: 10 }],
    [[120, 225], { low: 0, high: 250, step: 50 }],
    [[0, 0], { low: 0, high: 1, step: 0.2 }],
  ])('holds %j between round ends', (values, range) => {
    const axis = axisRange(picture([values]));
    expect(axis.low).toBeCloseTo(range.low, 9);
    expect(axis.high).toBeCloseTo(range.high, 9);
    expect(axis.step).toBeCloseTo(range.step, 9);
  });

  test('starts where the values do when only the range matters', () => {
    expect(axisRange(picture([[1010, 1040]], { fromZero: false })).low).toBe(1010);
  });
});

describe('names of spans', () => {
  const span = (first: number, name: string) => ({ name, first, last: first });

  test('stand in one line where there is room, in more where they would touch', () => {
    const apart = spanNames([span(0, 'Spring'), span(40, 'Fall')], 14, 900);
    expect(apart.laneCount).toBe(1);
    const close = spanNames([span(10, 'Spring kick-off'), span(11, 'Memorial Day')], 14, 900);
    expect(close.spans.map(({ lane }) => lane)).toEqual([0, 1]);
  });

  test('go where all lines are full, and the latest keep theirs', () => {
    const { spans, laneCount } = spanNames(
      [10, 11, 12, 13, 14].map((at) => span(at, 'Spring kick-off')),
      4,
      900,
    );
    expect(laneCount).toBe(3);
    expect(spans.filter(({ lane }) => lane === null).map(({ first }) => first)).toEqual([11, 10]);
  });

  test('end at the right edge rather than beyond it', () => {
    const [named] = spanNames([span(60, 'Memorial Day battery week')], 14, 880).spans;
    expect(named?.fromRight).toBe(true);
    expect(named?.text.endsWith('…')).toBe(true);
  });
});

describe('names of lines', () => {
  const plot = { width: 600, height: 300 };

  test('of lines that end inside stand above all that is drawn under them, apart from each other', () => {
    const peak = [2, 4, 90, 10, 6, 5, 4, 4, null, null, null, null];
    const low = [1, 1, 1, 1, 1, 1, 1, 1, null, null, null, null];
    const labels = endLabels(picture([peak, low, peak.map(() => 50)]), plot);
    const inside = labels.filter((label) => label.inside);
    const { low: from, high } = axisRange(picture([peak]));
    const top = ({ value, shift }: (typeof labels)[number]): number =>
      ((high - value) * plot.height) / (high - from) + shift;
    const heights = inside.map(top).toSorted((a, b) => a - b);
    expect(inside.map(({ text }) => text).toSorted()).toEqual(['Line 0', 'Line 1']);
    expect((heights[1] ?? 0) - (heights[0] ?? 0)).toBeGreaterThanOrEqual(15);
  });

  test('of lines that end together at the right are a line apart', () => {
    const flat = [5, 5, 5, 5];
    const shifts = endLabels(picture([flat, flat, flat]), plot).map(({ shift }) => shift);
    expect(shifts).toEqual([0, 15, 30]);
  });
});
