/** Effects of events in sentences for a planner. */
import { normalQuantile } from '@planwright/numerics';
import type { DemandEvent } from './demand-event.ts';
import type { UpliftEffect } from './estimate-uplifts.ts';

const signed = (log: number): string => {
  const percent = Math.round(100 * Math.expm1(log));
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
};

const lessOrMore = (log: number): string => {
  const percent = Math.round(100 * Math.expm1(log));
  return `${Math.abs(percent)} % ${percent < 0 ? 'less' : 'more'}`;
};

/** The ratio of demand with the effect to demand without, at an exposure, with its central interval of `level` percent. */
export function upliftInterval(
  effect: { readonly log: number; readonly standardError: number },
  exposure: number,
  level: number,
): { readonly ratio: number; readonly lower: number; readonly upper: number } {
  const z = normalQuantile(0.5 + level / 200) * effect.standardError * Math.abs(exposure);
  const log = effect.log * exposure;
  return { ratio: Math.exp(log), lower: Math.exp(log - z), upper: Math.exp(log + z) };
}

/** 'Spring sale: +23 % (80 %: +12 % to +35 %), 4 times seen, and 6 % less in the bucket after.' */
export function effectSentence(
  name: string,
  strength: number,
  effects: readonly UpliftEffect[],
  type: string,
): string {
  const uplift = effects.find((effect) => effect.role === 'uplift' && effect.type === type);
  if (uplift === undefined || !uplift.known) {
    return `${name}: nothing is known of such events; maybe give an effect by hand.`;
  }
  const { lower, upper } = upliftInterval(uplift, strength, 80);
  const times =
    uplift.seen === 0
      ? 'never seen here, so taken from similar items'
      : `${uplift.seen} ${uplift.seen === 1 ? 'time' : 'times'} seen`;
  const after = effects.find((effect) => effect.role === 'after' && effect.type === type);
  const dip = after === undefined ? 0 : Math.round(100 * Math.expm1(after.log * strength));
  const afterwards = dip === 0 ? '' : `, and ${lessOrMore(after!.log * strength)} in the bucket after`;
  return `${name}: ${signed(uplift.log * strength)} (80 %: ${signed(Math.log(lower))} to ${signed(Math.log(upper))}), ${times}${afterwards}.`;
}

export function priceSentence({ log, standardError }: UpliftEffect): string {
  const z = normalQuantile(0.9) * standardError;
  return `Price: 1 % more costs about ${Math.abs(log).toFixed(1)} % of demand (80 %: ${Math.abs(Math.min(0, log + z)).toFixed(1)} % to ${Math.abs(log - z).toFixed(1)} %).`;
}

/** What promotions of the rest of the group do to a key, at full exposure. */
export const othersSentence = ({ log }: UpliftEffect): string =>
  `While the rest of its group is on promotion it sells about ${lessOrMore(log)}.`;

export const givenSentence = ({ name, given }: DemandEvent): string =>
  `${name}: ${signed(Math.log1p(Math.max(-0.99, given?.upliftRatio ?? 0)))}, as given by a planner.`;
