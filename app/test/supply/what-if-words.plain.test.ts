import { describe, expect, test } from 'vitest';
import { effectSentence } from '../../src/supply/what-if-words.ts';

const service = (onTimeQuantity: number, onTimeRatio: number) => ({
  onTimeQuantity,
  onTimeRatio,
  lateQuantity: 0,
  unmetQuantity: 0,
  meanStockValue: 1_000,
  orderValue: 500,
});
type Service = Parameters<typeof effectSentence>[0]['before'];
const sentence = (before: object, after: object, changed = 1): string =>
  effectSentence({ before: before as Service, after: after as Service }, changed, 'USD');

describe('the effect of edits in a sentence', () => {
  test('counts the units, and shows as many decimals as tell the two shares apart', () => {
    expect(sentence(service(9_000, 0.9), service(9_500, 0.95))).toMatch(
      /^500 units more come in time: 95 % after 90 %/,
    );
    expect(sentence(service(98_100, 0.98101), service(98_101, 0.98102))).toMatch(
      /^1 unit more comes in time: 98\.102 % after 98\.101 %/,
    );
    expect(sentence(service(98_101, 0.98102), service(98_100, 0.98101))).toMatch(/^1 unit fewer comes/);
  });

  test('says that nothing changes where neither an order nor a service does', () => {
    expect(sentence(service(9, 0.9), service(9, 0.9), 0)).toBe('It changes nothing of what is served.');
  });
});
