import type { WhatIf } from '@planwright/contracts';
import { formatShortDay } from '../../../ui/date-format.ts';
import { countInWords, formatExact, moneyInWords } from '../../../ui/number-format.ts';
import { StatusWord } from '../../../ui/status-word.tsx';
import table from '../../../ui/table.module.css';
import { effectFigures } from './effect-figures.ts';

/** What an act would change, before it is taken: figures before and after, and the demands that feel it most. */
export function EffectTable({ effect, changedShown = 5 }: { effect: WhatIf; changedShown?: number }) {
  return (
    <>
      <table className={table.table}>
        <caption className="pw-hidden">Effect before and after</caption>
        <thead>
          <tr>
            <th scope="col">Of what it reaches</th>
            <th scope="col" className={table.number}>
              Before and after
            </th>
          </tr>
        </thead>
        <tbody>
          {effectFigures(effect).map(({ name, before, after, change, tone }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={table.number}>
                {tone === 'same' ? (
                  <span className={table.quiet}>{after}, no change</span>
                ) : (
                  <>
                    <span className={table.quiet}>{before} to</span> {after}
                    <br />
                    {tone === 'other' ? change : <StatusWord tone={tone}>{change}</StatusWord>}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ChangedDemands effect={effect} shown={changedShown} />
    </>
  );
}

function ChangedDemands({ effect, shown }: { effect: WhatIf; shown: number }) {
  const { changed, currency } = effect;
  if (changed.length === 0) return null;
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <caption className="pw-hidden">Demands whose service changes</caption>
        <thead>
          <tr>
            <th scope="col">{countInWords(changed.length, 'demand')} served otherwise</th>
            <th scope="col" className={table.number}>
              On time
            </th>
            <th scope="col" className={table.number}>
              Money
            </th>
          </tr>
        </thead>
        <tbody>
          {changed.slice(0, shown).map((demand) => (
            <tr key={demand.number}>
              <th scope="row">
                {demand.item} <span className={table.quiet}>{demand.order ?? 'forecast'}</span>,{' '}
                {formatShortDay(demand.dueOn)}
              </th>
              <td className={table.number}>
                {formatExact(Math.round(demand.onTimeBefore))} to{' '}
                {formatExact(Math.round(demand.onTimeAfter))}
              </td>
              <td className={table.number}>{moneyInWords(demand.valueChange, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
