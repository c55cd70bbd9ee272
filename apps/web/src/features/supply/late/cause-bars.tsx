import type { Bottleneck } from '@planwright/contracts';
import { countInWords, formatShareMet, moneyInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { CAUSES, type DelayCause } from '../delay-causes.ts';
import type { SupplyScope } from '../supply-address.ts';
import { useConstrainedSummary } from '../supply-reads.ts';
import css from './cause-bars.module.css';

type CauseSum = {
  readonly cause: DelayCause;
  readonly value: number;
  readonly demandCount: number;
  readonly subjects: readonly string[];
};

const SUBJECTS_SHOWN = 3;

/** What holds demand up by kind of cause, in money; choosing one narrows the list below. */
export function CauseBars({ scope }: { scope: SupplyScope }) {
  const { bottlenecks, currency } = useConstrainedSummary();
  const sums = sumsOf(bottlenecks);
  if (sums.length === 0) return null;
  const total = sums.reduce((sum, { value }) => sum + value, 0);
  const [largest] = sums;
  return (
    <Section
      title={`${formatShareMet(total === 0 ? 0 : sums[0]!.value / total)} of what fails is held up by one kind of cause: ${CAUSES[sums[0]!.cause].toLowerCase()}`}
      note={`Late and short demand by cause, at cost, ${currency}. Choose one to see its demands.`}
      id="causes"
    >
      <ul className={css.bars}>
        {sums.map(({ cause, value, demandCount, subjects }) => (
          <li key={cause}>
            <button
              type="button"
              className={css.cause}
              aria-pressed={scope.shown.cause === cause}
              onClick={() => scope.change({ cause: scope.shown.cause === cause ? undefined : cause })}
            >
              <span className={css.name}>{CAUSES[cause]}</span>
              <span className={css.track} aria-hidden="true">
                <i style={{ width: `${(100 * value) / Math.max(largest!.value, 1e-9)}%` }} />
              </span>
              <span className={css.value}>{moneyInWords(value, currency)}</span>
              <span className={css.detail}>
                {countInWords(demandCount, 'demand')}: {subjects.slice(0, SUBJECTS_SHOWN).join(', ')}
                {subjects.length > SUBJECTS_SHOWN ? ` and ${subjects.length - SUBJECTS_SHOWN} more` : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function sumsOf(bottlenecks: readonly Bottleneck[]): CauseSum[] {
  const byCause = new Map<DelayCause, CauseSum>();
  for (const { cause, value, demandCount, subject } of bottlenecks) {
    const before = byCause.get(cause) ?? { cause, value: 0, demandCount: 0, subjects: [] };
    byCause.set(cause, {
      cause,
      value: before.value + value,
      demandCount: before.demandCount + demandCount,
      subjects: [...before.subjects, subject],
    });
  }
  return [...byCause.values()].toSorted((a, b) => b.value - a.value);
}
