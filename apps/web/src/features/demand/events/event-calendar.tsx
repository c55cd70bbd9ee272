import type { DemandEvent } from '@planwright/contracts';
import { formatDay } from '../../../ui/date-format.ts';
import { locale } from '../../../ui/locale.ts';
import table from '../../../ui/table.module.css';
import { scopeInWords } from './event-scope.ts';
import css from './events-view.module.css';

const DAY_MS = 86_400_000;
const dayOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

const monthFormat = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });

/** "Mar"; January by its year, "2027". */
function monthName(day: number): string {
  const date = new Date(day * DAY_MS);
  return date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : monthFormat.format(date);
}

/** Events as bars over the months around the planning date. The list below says the same in words. */
export function EventCalendar(props: {
  events: readonly DemandEvent[];
  asOf: string;
  onOpen: (event: DemandEvent) => void;
}) {
  const { from, to, months } = spanAround(props.asOf);
  const around = props.events.filter(({ startsOn, endsOn }) => dayOf(endsOn) >= from && dayOf(startsOn) < to);
  const inView = nearest(around, dayOf(props.asOf));
  const place = (day: number): number => (100 * (Math.min(to, Math.max(from, day)) - from)) / (to - from);
  const today = dayOf(props.asOf);
  if (inView.length === 0)
    return <p className={css.facts}>No event lies within half a year before and a year ahead.</p>;
  return (
    <div className={css.scroll}>
      <table className={css.calendar}>
        <Months days={months} />
        <tbody>
          {inView.map((event) => {
            const first = place(dayOf(event.startsOn));
            const last = place(dayOf(event.endsOn) + 1);
            return (
              <tr key={event.code}>
                <th scope="row">
                  <button
                    type="button"
                    className={`${table.link} ${css.name}`}
                    title={event.name}
                    onClick={() => props.onOpen(event)}
                  >
                    {event.name}
                  </button>
                  <span className={css.scope}>{scopeInWords(event)}</span>
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
      {around.length > inView.length ? (
        <p className={css.facts}>
          The {inView.length} nearest of {around.length} are drawn; the list below has them all.
        </p>
      ) : null}
    </div>
  );
}

function Months({ days }: { days: readonly number[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">Event</th>
        <th scope="col">
          <span className={css.months}>
            {days.map((day) => (
              <span key={day}>{monthName(day)}</span>
            ))}
          </span>
        </th>
      </tr>
    </thead>
  );
}

const ROWS_MAX = 30;

/** Those that begin nearest to today, by first day. */
function nearest(events: readonly DemandEvent[], today: number): DemandEvent[] {
  const away = ({ startsOn }: DemandEvent): number => Math.abs(dayOf(startsOn) - today);
  return events
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, ROWS_MAX)
    .toSorted((a, b) => a.startsOn.localeCompare(b.startsOn));
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
