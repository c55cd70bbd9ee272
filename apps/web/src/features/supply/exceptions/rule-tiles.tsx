import { formatNumber, moneyInWords } from '../../../ui/number-format.ts';
import { RULES, type RuleName } from './exception-words.ts';
import css from './rule-tiles.module.css';

type Count = { readonly rule: RuleName; readonly count: number; readonly amount: number };

/** How much each rule found; choosing one narrows the inbox. */
export function RuleTiles(props: {
  counts: readonly Count[];
  currency: string;
  chosen: RuleName | undefined;
  onChoose: (rule: RuleName | undefined) => void;
}) {
  const { counts, currency, chosen, onChoose } = props;
  return (
    <ul className={css.tiles}>
      {(Object.keys(RULES) as RuleName[]).map((rule) => {
        const found = counts.find((count) => count.rule === rule);
        return (
          <li key={rule}>
            <button
              type="button"
              className={css.tile}
              aria-pressed={chosen === rule}
              disabled={found === undefined && chosen !== rule}
              onClick={() => onChoose(chosen === rule ? undefined : rule)}
            >
              <span className={css.name}>{RULES[rule]}</span>
              <strong className={css.count}>{formatNumber(found?.count ?? 0)}</strong>
              <span className={css.money}>
                {found === undefined
                  ? 'none'
                  : found.amount === 0
                    ? ''
                    : moneyInWords(found.amount, currency)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
