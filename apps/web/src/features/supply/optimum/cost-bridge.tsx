import {
  scaleOf,
  formatScaled,
  formatSigned,
  moneyInWords,
  type Scale,
  unitInWords,
} from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import table from '../../../ui/table.module.css';
import { type BridgeStep, bridgeOf } from './bridge.ts';
import { costKind } from './cost-kinds.ts';
import css from './cost-bridge.module.css';
import type { OptimumResult } from './optimum-view.tsx';

const CRUMB = 0.5;
// Below this share of the cost of the plan it decides nothing.
const GIVEN_UP_RATIO = 0.001;

/** What the plan costs by kind, what the optimum does, and how one becomes the other, step by step. */
export function CostBridge({ result }: { result: OptimumResult }) {
  const { currency, heuristic, optimum } = result;
  // A kind that rounds to nothing in both plans says nothing.
  const steps = bridgeOf(heuristic, optimum).filter(
    ({ before, after }) => Math.max(Math.abs(before), Math.abs(after)) >= CRUMB,
  );
  const scale = scaleOf(steps.map(({ change }) => change));
  const [largest] = steps.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const low = Math.min(0, ...steps.map(({ to }) => to));
  const high = Math.max(0, ...steps.map(({ to }) => to));
  return (
    <Section
      title={
        largest === undefined || largest.change === 0
          ? 'Both plans cost the same'
          : `The largest difference: ${costKind(largest.kind).toLowerCase()}, ${moneyInWords(Math.abs(largest.change), currency)}`
      }
      note={`From this plan to the cheapest one by kind of cost, ${unitInWords(currency, scale)}. The bars show how far each step moves the total. The cheapest plan counts in periods and may split lots and set-ups, so part of the gap is what whole lots and single days cost.`}
      id="bridge"
    >
      <GivenUp result={result} />
      <div className={table.scroll}>
        <table className={`${table.table} ${css.bridge}`}>
          <thead>
            <tr>
              <th scope="col">Kind of cost</th>
              <th scope="col" className={table.number}>
                This plan
              </th>
              <th scope="col" className={table.number}>
                Cheapest
              </th>
              <th scope="col" className={table.number}>
                Difference
              </th>
              <th scope="col">
                <span className="pw-hidden">As a bridge</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <Step key={step.kind} step={step} scale={scale} low={low} high={high} />
            ))}
            <tr className={table.total}>
              <th scope="row">All kinds</th>
              <td className={table.number}>{formatScaled(heuristic.total, scale)}</td>
              <td className={table.number}>{formatScaled(optimum.total, scale)}</td>
              <td className={table.number}>{formatSigned(optimum.total - heuristic.total, scale)}</td>
              <td className={table.quiet}>none can cost less than {moneyInWords(result.bound, currency)}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </Section>
  );
}

const amountOf = ({ parts }: OptimumResult['optimum'], kind: string): number =>
  parts.reduce((sum, part) => (part.kind === kind ? sum + part.amount : sum), 0);

/** Sales that the cheapest plan leaves to others: said first, for then it is cheaper because it serves less. */
function GivenUp({ result: { heuristic, optimum, currency } }: { result: OptimumResult }) {
  const more = amountOf(optimum, 'lostRevenue') - amountOf(heuristic, 'lostRevenue');
  if (more < CRUMB || more < GIVEN_UP_RATIO * Math.abs(heuristic.total)) return null;
  return (
    <p style={{ marginBottom: 8 }}>
      <StatusWord tone="watch">It serves less</StatusWord> The cheapest plan gives up sales of{' '}
      <strong>{moneyInWords(more, currency)}</strong> that this plan serves: by the costs in the data they
      cost more than they bring. If that cannot be, check what these items and their components cost.
    </p>
  );
}

function Step(props: { step: BridgeStep; scale: Scale; low: number; high: number }) {
  const { step, scale, low, high } = props;
  const width = Math.max(high - low, 1e-9);
  const from = Math.min(step.from, step.to);
  return (
    <tr>
      <th scope="row">{costKind(step.kind)}</th>
      <td className={table.number}>{formatScaled(step.before, scale)}</td>
      <td className={table.number}>{formatScaled(step.after, scale)}</td>
      <td className={table.number}>{formatSigned(step.change, scale)}</td>
      <td>
        <span className="pw-hidden">{step.change > 0 ? 'dearer' : 'cheaper'}</span>
        <span className={css.track} aria-hidden="true">
          <i
            data-tone={step.change > 0 ? 'more' : 'less'}
            style={{
              left: `${(100 * (from - low)) / width}%`,
              width: `${(100 * Math.abs(step.change)) / width}%`,
            }}
          />
        </span>
      </td>
    </tr>
  );
}
