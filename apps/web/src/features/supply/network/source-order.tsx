import { useDrafts } from '../what-if/drafts.tsx';
import { subjectOf } from '../what-if/edit-words.ts';
import { EditField } from '../what-if/edit-field.tsx';
import { formatExact } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import table from '../../../ui/table.module.css';
import type { NetworkEdge, NetworkNode } from './network-layout.ts';
import { wayInWords } from './network-picture.tsx';

type Step = { readonly edge: NetworkEdge; readonly from: NetworkNode; readonly to: NetworkNode };

/** Stock points that have more than one source, and which is asked first; another order is tried out at once. */
export function SourceOrder({ steps }: { steps: readonly Step[] }) {
  const choices = steps.filter(
    ({ edge, to }) =>
      steps.some((other) => other.to.id === to.id && other.edge.source !== edge.source) &&
      edge.kind !== 'make',
  );
  if (choices.length === 0) return null;
  return (
    <Section
      title="Which source is asked first"
      note="1 is asked before 2. Type another number to see at once what it would bring."
      id="sources"
    >
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Into</th>
              <th scope="col">From</th>
              <th scope="col" className={table.number}>
                Lead time
              </th>
              <th scope="col" className={table.number}>
                Planned
              </th>
              <th scope="col">Asked as number</th>
            </tr>
          </thead>
          <tbody>
            {choices.map((step) => (
              <Source key={`${step.edge.source} ${step.to.id}`} step={step} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Source({ step: { edge, from, to } }: { step: Step }) {
  const { edits, put, remove } = useDrafts();
  const about = { item: to.code, location: to.location ?? '', source: edge.source };
  const subject = ['sourcePriority', about.item, about.location, about.source].join(' ');
  const draft = edits.find((edit) => subjectOf(edit) === subject);
  return (
    <tr>
      <th scope="row">
        {to.code} at {to.location}
      </th>
      <td>
        {from.name === '' ? from.code : from.name}, {wayInWords(edge)}
      </td>
      <td className={table.number}>{formatExact(edge.leadTimeDays)} days</td>
      <td className={table.number}>{formatExact(Math.round(edge.plannedQuantity))}</td>
      <td>
        <EditField
          label={`Order of ${from.code} for ${to.code}`}
          now={edge.priority}
          tried={draft?.kind === 'sourcePriority' ? draft.priority : null}
          max={1000}
          hideLabel
          onTry={(priority) =>
            priority === null || priority < 1
              ? remove(subject)
              : put({ kind: 'sourcePriority', ...about, priority: Math.round(priority) })
          }
        />
      </td>
    </tr>
  );
}
