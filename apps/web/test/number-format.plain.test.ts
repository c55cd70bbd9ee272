import { describe, expect, test } from 'vitest';
import {
  columnScaleOf,
  formatChange,
  formatNumber,
  formatPercent,
  formatScaled,
  formatShareMet,
  MISSING,
  moneyInWords,
  quantityInWords,
  scaleOf,
  unitInWords,
} from '../src/ui/number-format.ts';
import { csvText, tsvText } from '../src/ui/save-file.ts';

describe('numbers', () => {
  test('missing is a dash, zero is 0, and a true minus stands before what is below zero', () => {
    expect(formatNumber(null)).toBe(MISSING);
    expect(formatNumber(Number.NaN)).toBe(MISSING);
    expect(formatNumber(0)).toBe('0');
    expect(formatNumber(-1234.5, 1)).toBe('−1,234.5');
  });

  test('what rounds to nothing has no sign', () => {
    expect(formatNumber(-0.4)).toBe('0');
    expect(formatPercent(-0.0004)).toBe('0.0%');
  });

  test('a column shares the scale of its largest value, named once in its header', () => {
    const scale = scaleOf([1_240_000, 3, null]);
    expect(unitInWords('units', scale)).toBe('m units');
    expect(unitInWords('USD', scale)).toBe('USD m');
    expect(formatScaled(1_240_000, scale)).toBe('1.24');
  });

  test('a list of unlike rows takes the scale of its middle row', () => {
    expect(columnScaleOf([9_000_000, 120, 80, 40, 7]).prefix).toBe('');
    expect(columnScaleOf([9_000_000, 800_000, 40_000]).prefix).toBe('k');
  });

  test('amounts and quantities in sentences keep figure and unit together', () => {
    expect(moneyInWords(-48_200_000, 'USD')).toBe('−USD\u00a048.2\u00a0m');
    expect(moneyInWords(950, 'USD')).toBe('USD\u00a0950');
    expect(quantityInWords(1_240_000, 'units')).toBe('1.24\u00a0m\u00a0units');
  });

  test('change is a signed percent, and is not shown of next to nothing', () => {
    expect(formatChange(108, 100)).toBe('+8.0%');
    expect(formatChange(92, 100)).toBe('−8.0%');
    expect(formatChange(1_000, 1)).toBe(MISSING);
    expect(formatChange(5, 0)).toBe(MISSING);
  });

  test('nearly all is never all', () => {
    expect(formatShareMet(0.99999)).toBe('Over 99.9%');
    expect(formatShareMet(1)).toBe('100.0%');
  });
});

describe('files', () => {
  test('CSV quotes what needs it, keeps all digits, and disarms what a spreadsheet would run', () => {
    const rows = [
      ['a', 'b'],
      ['x, "y"', 0.1 + 0.2],
      ['=1+1', -5],
      [null, true],
    ];
    expect(csvText(rows)).toBe('a,b\r\n"x, ""y""",0.30000000000000004\r\n\'=1+1,-5\r\n,true\r\n');
  });

  test('copied cells never break into more cells', () => {
    expect(
      tsvText([
        ['a\tb', 1],
        ['c\nd', null],
      ]),
    ).toBe('a b\t1\nc d\t');
  });
});
