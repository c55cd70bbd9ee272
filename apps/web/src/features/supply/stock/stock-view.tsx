import type { ServiceFigures } from '@planwright/contracts';
import { formatNumber, formatPercent, formatShareMet, moneyInWords } from '../../../ui/number-format.ts';
import type { SupplyScope } from '../supply-address.ts';
import { SupplyFrame } from '../supply-frame.tsx';
import { useConstrainedSummary, useSupplySummary } from '../supply-reads.ts';
import { Bottlenecks } from './bottlenecks.tsx';
import { StockPointPanel } from './stock-point-panel.tsx';
import { StockPoints } from './stock-points.tsx';
import { SupplyPictures } from './supply-pictures.tsx';

/** Can we supply the plan: what fails and what the stock comes to, what holds it up, then every stock point. */
export function StockView({ scope }: { scope: SupplyScope }) {
  return (
    <SupplyFrame
      scope={scope}
      view="stock"
      missing="what runs short and when, the load of each resource, and the orders that the plan proposes"
      answer={<Answer />}
      panel={<StockPointPanel scope={scope} />}
    >
      <SupplyPictures scope={scope} />
      <StockPoints scope={scope} />
      <Bottlenecks scope={scope} />
    </SupplyFrame>
  );
}

/** What comes late and what not at all, in money. */
function failingInWords({ lateValue, shortValue }: ServiceFigures, currency: string): string {
  const late = `${moneyInWords(lateValue, currency)} comes late`;
  const short = `${moneyInWords(shortValue, currency)} not at all`;
  if (shortValue === 0) return late;
  return lateValue === 0 ? `${moneyInWords(shortValue, currency)} is never served` : `${late} and ${short}`;
}

function Answer() {
  const { currency, figures, unconstrainedFillRatio, bottlenecks } = useConstrainedSummary();
  const { shortStockPointCount } = useSupplySummary();
  const failing = figures.lateValue + figures.shortValue;
  const [worst] = bottlenecks;
  if (failing === 0) {
    return (
      <p>
        <strong>Yes.</strong> All demand is met in time, within every constraint.
        {shortStockPointCount === 0
          ? ''
          : ` Without pre-building, ${formatNumber(shortStockPointCount)} stock points would run short.`}
      </p>
    );
  }
  const less =
    unconstrainedFillRatio === null || figures.onTimeRatio === null
      ? ''
      : ` With hours enough it would be ${formatPercent(unconstrainedFillRatio)}.`;
  return (
    <p>
      <strong>{figures.onTimeRatio === null ? 'Part' : formatShareMet(figures.onTimeRatio)}</strong> of demand
      is met in time within every constraint: {failingInWords(figures, currency)}.{less}
      {worst === undefined
        ? ''
        : ` ${worst.subject} holds up most, ${moneyInWords(worst.value, currency)} of it.`}
    </p>
  );
}
