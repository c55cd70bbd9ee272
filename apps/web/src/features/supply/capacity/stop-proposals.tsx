import { Button } from '@mantine/core';
import type { StopProposal } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatDay, withBuckets } from '../../../ui/date-format.ts';
import { formatNumber, formatPercent, moneyInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import table from '../../../ui/table.module.css';
import { useDrafts } from '../what-if/drafts.tsx';

const HOURS_PER_DAY = 24;

/** Machines that wear out, and when a planned stop costs less than waiting for the failure. */
export function StopProposals() {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(read('listStopProposals', { params: { company: slug } }));
  if (data.proposals.length === 0) return null;
  return (
    <Section
      title="When to stop a machine before it stops itself"
      note="From its failures so far. A stop can be tried out before it is decided."
      id="stops"
    >
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Resource</th>
              <th scope="col">What its failures say</th>
              <th scope="col" className={table.number}>
                Between failures
              </th>
              <th scope="col" className={table.number}>
                Risk in 30 days
              </th>
              <th scope="col" className={table.number}>
                Cost of waiting
              </th>
              <th scope="col">Stop on</th>
              <th scope="col">
                <span className="pw-hidden">Try it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.proposals.map((proposal) => (
              <Row key={proposal.resource} proposal={proposal} currency={data.currency} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row({ proposal, currency }: { proposal: StopProposal; currency: string }) {
  const { put } = useDrafts();
  const { resource, proposedOn, stopHours, meanHoursBetweenFailures } = proposal;
  const tryOut = (startsOn: string): void => {
    const days = Math.max(1, Math.ceil((stopHours ?? HOURS_PER_DAY) / HOURS_PER_DAY));
    const last = new Date(`${startsOn.slice(0, 10)}T00:00:00Z`);
    last.setUTCDate(last.getUTCDate() + days - 1);
    put({ kind: 'stop', resource, startsOn: startsOn.slice(0, 10), endsOn: last.toISOString().slice(0, 10) });
  };
  return (
    <tr>
      <th scope="row">
        {resource} <span className={table.quiet}>{proposal.resourceName}</span>
      </th>
      <td>{withBuckets(proposal.sentence)}</td>
      <td className={table.number}>
        {meanHoursBetweenFailures === null ? '–' : `${formatNumber(meanHoursBetweenFailures)} h`}
      </td>
      <td className={table.number}>{formatPercent(proposal.failureRiskRatio, 0)}</td>
      <td className={table.number}>{moneyInWords(proposal.costOfWaiting, currency)}</td>
      <td>{formatDay(proposedOn)}</td>
      <td>
        {proposedOn === null ? null : (
          <Button size="xs" variant="default" onClick={() => tryOut(proposedOn)}>
            Try this stop
          </Button>
        )}
      </td>
    </tr>
  );
}
