import type { DemandEvent } from '@planwright/contracts';
import { formatDay } from '../../../ui/date-format.ts';
import table from '../../../ui/table.module.css';
import css from './events-view.module.css';

const DAY_MS = 86_400_000;
const dayOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

const monthFormat = new Intl.DateTimeFormat(undefined, { month: 'short', timeZone: 'UTC' });

/** Events as bars over the months around the planning date. The list below says the same in words. */
export function EventCalendar(props: {
  events: readonly DemandEvent[];
  asOf: string;
  onOpen: (event: DemandEvent) => void;
}) {
  const { from, to, months } = spanAround(props.asOf);
  const inView = props.events.filter(({ startsOn, endsOn }) => dayOf(endsOn) >= from && dayOf(startsOn) < to);
  const place = (day: number): number => (100 * (Math.min(to, Math.max(from, day)) - from)) / (to - from);
  const today = dayOf(props.asOf);
  if (inView.length === 0)
    return <p className={css.facts}>No event lies within half a year before and a year ahead.</p>;
  return (
    <div className={css.scroll}>
      <table className={css.calendar}>
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">
              <span className={css.months}>
                {months.map((day) => (
                  <span key={day}>{monthFormat.format(new Date(day * DAY_MS))}</span>
                ))}
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {inView.map((event) => {
            const first = place(dayOf(event.startsOn));
            const last = place(dayOf(event.endsOn) + 1);
            return (
              <tr key={event.code}>
                <th scope="row">
                  <button type="button" className={table.link} onClick={() => props.onOpen(event)}>
                    {event.name}
                  </button>
                </th>
                <td>
                  <div
                    className={css.track}
                    role="img"
                    aria-label={`From ${formatDay(event.startsOn)} to ${formatDay(event.endsOn)}`}
                  >
                    <span className={css.today} style={{ left: `${place(today)}%` }} />
                    <span
                      className={css.bar}
                      data-past={dayOf(event.endsOn) < today}
                      style={{ left: `${first}%`, width: `${last - first}%` }}
                    />
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const MONTHS_BEFORE = 6;
const MONTHS_AHEAD = 12;

/** First days of the months in view, and the days that bound them. */
function spanAround(asOf: string): { from: number; to: number; months: number[] } {
  const [year, month] = asOf.split('-').map(Number) as [number, number];
  const firstOf = (offset: number): number => Date.UTC(year, month - 1 + offset, 1) / DAY_MS;
  const months = Array.from({ length: MONTHS_BEFORE + MONTHS_AHEAD }, (_, index) =>
    firstOf(index - MONTHS_BEFORE),
  );
  return { from: firstOf(-MONTHS_BEFORE), to: firstOf(MONTHS_AHEAD), months };
}
