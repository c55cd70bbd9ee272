import { describe, expect, test } from 'vitest';
import { contrast } from '../src/app/contrast.ts';
import { DARK, LIGHT, type Palette } from '../src/app/tokens.ts';

const TEXTS = ['ink', 'inkSoft', 'inkQuiet', 'accent', 'good', 'watch', 'bad'] as const;
const SURFACES = ['paper', 'chrome', 'wash', 'raised'] as const;
const MARKS = [
  'accent',
  'accentDark',
  'baseline',
  'budget',
  'lastYear',
  'control',
  'good',
  'watch',
  'bad',
] as const;

test('contrast agrees with the figures of WCAG 2.2', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 9);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

describe.each<[string, Palette]>([
  ['light', LIGHT],
  ['dark', DARK],
])('%s palette', (_, palette) => {
  test.each(TEXTS)('text in %s reads on every surface at 4.5:1', (text) => {
    for (const surface of SURFACES) {
      expect(contrast(palette[text], palette[surface])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('text reads on ink and on the accent wash', () => {
    expect(contrast(palette.onInk, palette.ink)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.onInk, palette.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.onInk, palette.bad)).toBeGreaterThanOrEqual(4.5);
    for (const text of ['ink', 'inkSoft', 'inkQuiet', 'accent'] as const) {
      expect(contrast(palette[text], palette.accentWash)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(palette.bad, palette.badWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.ink, palette.badWash)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(MARKS)('the mark %s stands out from paper at 3:1', (mark) => {
    expect(contrast(palette[mark], palette.paper)).toBeGreaterThanOrEqual(3);
  });

  test('ink or its opposite reads in every cell of the load scale', () => {
    for (const cell of [...palette.load, ...palette.over]) {
      expect(Math.max(contrast(palette.ink, cell), contrast(palette.onInk, cell))).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });
});
