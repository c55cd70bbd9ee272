import type { StockSource, SupplyEdit } from '@planwright/contracts';
import { countInWords } from '../../../ui/number-format.ts';
import form from '../supply-form.module.css';
import { useDrafts } from '../what-if/drafts.tsx';
import { EditField } from '../what-if/edit-field.tsx';

type Kind<K extends SupplyEdit['kind']> = Extract<SupplyEdit, { kind: K }>;

/** How a stock point is planned: what is typed here is tried out at once, and decided or dropped below. */
export function StockSettings(props: {
  item: string;
  location: string;
  unit: string;
  leadTimeDays: number;
  safetyStock: number;
  sources: readonly StockSource[];
}) {
  const { item, location, unit } = props;
  const { edits, put, remove } = useDrafts();
  const draftOf = <K extends SupplyEdit['kind']>(kind: K): Kind<K> | undefined =>
    edits.find(
      (edit): edit is Kind<K> =>
        edit.kind === kind && 'item' in edit && edit.item === item && edit.location === location,
    );
  return (
    <section aria-labelledby="stock-settings">
      <h3 className={form.title} id="stock-settings">
        How it is planned
      </h3>
      <p className={form.note}>Type another number to see at once what it would bring.</p>
      <div className={form.form} style={{ marginTop: 8 }}>
        <div className={form.pair}>
          <EditField
            label="Lead time, days"
            now={props.leadTimeDays}
            tried={draftOf('leadTime')?.leadTimeDays ?? null}
            max={3650}
            onTry={(leadTimeDays) =>
              leadTimeDays === null
                ? remove(['leadTime', item, location].join(' '))
                : put({ kind: 'leadTime', item, location, leadTimeDays })
            }
          />
          <EditField
            label={`Safety stock, ${unit}`}
            now={props.safetyStock}
            tried={draftOf('safetyStock')?.quantity ?? null}
            onTry={(quantity) =>
              quantity === null
                ? remove(['safetyStock', item, location].join(' '))
                : put({ kind: 'safetyStock', item, location, quantity })
            }
          />
        </div>
        <LotFields item={item} location={location} lot={draftOf('lot')} sources={props.sources} />
      </div>
    </section>
  );
}

const LOT_PARTS = [
  { part: 'lotMinimum', label: 'Lot at least' },
  { part: 'lotMultiple', label: 'In multiples of' },
  { part: 'lotMaximum', label: 'At most' },
] as const;

function LotFields(props: {
  item: string;
  location: string;
  lot: Kind<'lot'> | undefined;
  sources: readonly StockSource[];
}) {
  const { item, location, lot, sources } = props;
  const first = sources[0];
  const differ = sources.some((source) => LOT_PARTS.some(({ part }) => source[part] !== first?.[part]));
  const { put, remove } = useDrafts();
  const tryLot = (part: (typeof LOT_PARTS)[number]['part'], value: number | null): void => {
    const of = (name: typeof part): number | null => (name === part ? value : (lot?.[name] ?? null));
    const [lotMinimum, lotMultiple, lotMaximum] = [of('lotMinimum'), of('lotMultiple'), of('lotMaximum')];
    if (lotMinimum === null && lotMultiple === null && lotMaximum === null)
      remove(['lot', item, location].join(' '));
    else put({ kind: 'lot', item, location, lotMinimum, lotMultiple, lotMaximum });
  };
  return (
    <>
      <div className={form.three}>
        {LOT_PARTS.map(({ part, label }) => (
          <EditField
            key={part}
            label={label}
            now={first?.[part] ?? null}
            tried={lot?.[part] ?? null}
            onTry={(value) => tryLot(part, value)}
          />
        ))}
      </div>
      {differ ? (
        <p className={form.note}>
          The lot shown is that of the source that is asked first; what is typed holds for all{' '}
          {countInWords(sources.length, 'source')}.
        </p>
      ) : null}
    </>
  );
}
