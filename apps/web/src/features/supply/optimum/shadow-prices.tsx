import { formatBucket } from '../../../ui/date-format.ts';
import { formatNumber } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import table from '../../../ui/table.module.css';
import { resourceAddress, type SupplyScope } from '../supply-address.ts';
import type { OptimumResult } from './optimum-view.tsx';

const ROWS_SHOWN = 15;
/** An hour that saves less than a cent saves nothing. */
const LEAST = 0.01;

/** What one more hour would save, the dearest first; each leads to the hours of that resource. */
export function ShadowPrices({ result, scope }: { result: OptimumResult; scope: SupplyScope }) {
  const { currency } = result;
  const shadowPrices = result.shadowPrices.filter(({ amountPerHour }) => amountPerHour >= LEAST);
  if (shadowPrices.length === 0) {
    return (
      <Section title="What one more hour would save" id="prices">
        <p>Nothing: in the cheapest plan no resource is used to its last hour.</p>
      </Section>
    );
  }
  return (
    <Section
      title="What one more hour would save"
      note="In the cheapest plan, the dearest first. Open a resource to try out more hours."
      id="prices"
    >
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Resource</th>
              <th scope="col">Period</th>
              <th scope="col" className={table.number}>
                An hour saves
              </th>
            </tr>
          </thead>
          <tbody>
            {shadowPrices.slice(0, ROWS_SHOWN).map((price) => (
              <tr key={`${price.resource} ${price.bucket}`}>
                <th scope="row">
                  {price.resourceId === null ? (
                    price.resource
                  ) : (
                    <button
                      type="button"
                      className={table.link}
                      onClick={() =>
                        scope.change({
                          view: 'load',
                          resource: resourceAddress(price.resourceId ?? 0),
                          bucket: result.horizon.buckets.find(({ label }) => label === price.bucket)
                            ?.startsOn,
                        })
                      }
                    >
                      {price.resource}
                    </button>
                  )}
                </th>
                <td>{formatBucket(price.bucket)}</td>
                <td className={table.number}>{`${currency} ${formatNumber(price.amountPerHour, 2)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
