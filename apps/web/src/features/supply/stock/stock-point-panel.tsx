import type { StockPointDetail } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Loadable, SkeletonBlock, SkeletonRows } from '../../../ui/loadable.tsx';
import { formatNumber, quantityInWords } from '../../../ui/number-format.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import form from '../supply-form.module.css';
import { PanelLoadable } from '../panel-loadable.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { StandingDecisions } from '../what-if/standing-decisions.tsx';
import { Family } from './family.tsx';
import { StockRecord } from './stock-record.tsx';
import { StockSettings } from './stock-settings.tsx';

const SOURCES: Record<StockPointDetail['source'], string> = {
  make: 'Made here',
  buy: 'Bought',
  move: 'Moved here from another location',
  none: 'No source: it can only be used up',
};

/** One item at one location: its record over time with reasons, how it is planned, and where it goes. */
export function StockPointPanel({ scope }: { scope: SupplyScope }) {
  const { point } = scope.shown;
  const close = (): void => scope.change({ point: undefined, bucket: undefined });
  if (point === undefined) return null;
  return (
    <PanelLoadable waiting="Loading the stock point" resetKey={point} onClose={close}>
      <StockPoint stockPointId={Number(point)} scope={scope} onClose={close} />
    </PanelLoadable>
  );
}

function StockPoint(props: { stockPointId: number; scope: SupplyScope; onClose: () => void }) {
  const { stockPointId, scope, onClose } = props;
  const { slug } = useCompany();
  const { data: point } = useSuspenseQuery(
    read('getStockPoint', { params: { company: slug, stockPointId } }),
  );
  const link = { to: '/c/$company/supply', params: { company: slug } } as const;
  return (
    <SidePanel
      kicker={`${point.location} · ${point.itemKind}`}
      title={`${point.item} ${point.itemName}`}
      onClose={onClose}
    >
      <p className={form.facts}>
        {SOURCES[point.source]}, lead time {formatNumber(point.leadTimeDays)} days. On hand{' '}
        {quantityInWords(point.onHand, point.unit)}
        {point.coverBuckets === null ? '' : `, enough for ${formatNumber(point.coverBuckets, 1)} periods`}.
      </p>
      <Loadable skeleton={<SkeletonBlock height={480} label="Loading the record" />} resetKey={stockPointId}>
        <StockRecord point={point} scope={scope} />
      </Loadable>
      <StockSettings
        key={stockPointId}
        item={point.item}
        location={point.location}
        unit={point.unit}
        leadTimeDays={point.leadTimeDays}
        safetyStock={point.safetyStock}
        sources={point.sources}
      />
      <Loadable skeleton={<SkeletonRows rows={2} label="Loading the decisions" />}>
        <StandingDecisions about={{ item: point.item }} />
      </Loadable>
      <Family title="Made of" rows={point.components} empty="It has no components." />
      <Family title="Used in" rows={point.usedIn} empty="It is used in no other item." />
      <p className={form.links}>
        <Link {...link} search={{ view: 'network', item: point.item, location: point.location }}>
          Its network
        </Link>
        <Link {...link} search={{ view: 'late', item: point.item }}>
          Its late demand
        </Link>
        <Link {...link} search={{ view: 'orders', q: point.item }}>
          Its proposals
        </Link>
        <Link to="/c/$company/demand" params={{ company: slug }} search={{ item: point.item }}>
          Its demand
        </Link>
      </p>
    </SidePanel>
  );
}
