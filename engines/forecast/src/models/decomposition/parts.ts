/** Parts of a forecast that is a level, a trend and a season put on top of them (see `Component`). */
import type { Component } from '../../contract/contract.ts';
import { type Deseasonalised, seasonAdded } from '../../seasonality.ts';

/**
 * `levels` and `plainFit`: level before each bucket, and the one-step forecast without season. `level` is the last level,
 * `plainMean` the forecast without season. The trend is what the forecast has beyond its level.
 */
export function levelTrendSeason(
  levels: Float64Array,
  plainFit: Float64Array,
  level: number,
  plainMean: Float64Array,
  season: Deseasonalised,
): Component[] {
  const parts: Component[] = [
    { name: 'level', history: levels.slice(), future: new Float64Array(plainMean.length).fill(level) },
    {
      name: 'trend',
      history: plainFit.map((value, t) => value - levels[t]),
      future: plainMean.map((value) => value - level),
    },
  ];
  if (season.kind === undefined) return parts;
  return [
    ...parts,
    {
      name: 'season',
      history: seasonAdded(plainFit, 0, season),
      future: seasonAdded(plainMean, plainFit.length, season),
    },
  ];
}
