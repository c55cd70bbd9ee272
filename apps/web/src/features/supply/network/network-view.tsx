import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loadable, Skeleton } from '../../../ui/loadable.tsx';
import { usePlanExists } from '../../../ui/no-plan.tsx';
import { countInWords, formatExact, formatNumber } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { StockPointPanel } from '../stock/stock-point-panel.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { SupplyFrame } from '../supply-frame.tsx';
import { ItemChoice } from './item-choice.tsx';
import { type NetworkNode, networkLayout } from './network-layout.ts';
import { NetworkPicture } from './network-picture.tsx';
import { NetworkTable } from './network-table.tsx';

/** How an item comes about and where it goes: the whole way from suppliers, with the slowest of its ways marked. */
export function NetworkView({ scope }: { scope: SupplyScope }) {
  const planExists = usePlanExists();
  const { item } = scope.shown;
  return item === undefined && planExists ? (
    <NetworkOfWorst scope={scope} />
  ) : (
    <NetworkOf item={item ?? null} scope={scope} />
  );
}

/** An address that names no item means the one that is short most. */
function NetworkOfWorst({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(
    read('listStockPoints', { params: { company: slug }, query: { plan: 'constrained', limit: 1 } }),
  );
  return <NetworkOf item={data.items[0]?.item ?? null} scope={scope} />;
}

function NetworkOf({ item, scope }: { item: string | null; scope: SupplyScope }) {
  return (
    <SupplyFrame
      scope={scope}
      view="network"
      question={item === null ? 'How does an item come about?' : `How does ${item} come about?`}
      missing="where an item comes from and what it is used in, with stock, shortage and lead time at each step"
      answer={item === null ? <p>The plan holds no item.</p> : <Answer item={item} scope={scope} />}
      panel={<StockPointPanel scope={scope} />}
    >
      {item === null ? (
        <EmptyState
          title="Here will be the network of an item."
          why="The plan holds no stock point. Import the targets Items and Stock, then run the plan."
        />
      ) : (
        <Network item={item} scope={scope} />
      )}
    </SupplyFrame>
  );
}

function useNetwork(item: string, { shown }: SupplyScope) {
  const { slug } = useCompany();
  const query = { item, location: shown.location };
  const { data } = useSuspenseQuery(read('getSupplyNetwork', { params: { company: slug }, query }));
  const layout = useMemo(() => networkLayout(data), [data]);
  return { network: data, layout };
}

function Answer({ item, scope }: { item: string; scope: SupplyScope }) {
  const { network, layout } = useNetwork(item, scope);
  const suppliers = network.nodes.filter(({ type }) => type === 'supplier').length;
  const short = network.nodes.filter(({ shortageQuantity }) => shortageQuantity > 0);
  const worst = short.toSorted((a, b) => b.shortageQuantity - a.shortageQuantity)[0];
  return (
    <p>
      From nothing it takes <strong>{formatNumber(layout.criticalDays)} days</strong> along its slowest way,
      over {countInWords(network.nodes.length - suppliers, 'stock point')} and{' '}
      {countInWords(suppliers, 'supplier')}.
      {worst === undefined
        ? ' Nothing of it runs short.'
        : ` ${countInWords(short.length, 'stock point')} of it ${short.length === 1 ? 'runs' : 'run'} short, ${worst.code} by ${formatExact(Math.round(worst.shortageQuantity))}.`}
    </p>
  );
}

function Network({ item, scope }: { item: string; scope: SupplyScope }) {
  return (
    <>
      <ItemChoice key={item} item={item} scope={scope} />
      <Loadable skeleton={<Skeleton height={420} />} resetKey={`${item} ${scope.shown.location}`}>
        <Pictures item={item} scope={scope} />
      </Loadable>
    </>
  );
}

function Pictures({ item, scope }: { item: string; scope: SupplyScope }) {
  const { network, layout } = useNetwork(item, scope);
  const open = (node: NetworkNode): void =>
    node.stockPointId === null ? undefined : scope.change({ point: String(node.stockPointId) });
  if (network.nodes.length === 0) {
    return (
      <EmptyState
        title={`The plan knows no ${item}.`}
        why="It is not stocked, made or bought anywhere in the plan in view. Choose another item above."
      />
    );
  }
  return (
    <>
      <Section
        title="From suppliers on the left to where it goes on the right"
        note={`The thick line is the slowest way. A dashed line is a source that is asked later.${network.cut ? ' The network is larger; its nearest part is shown.' : ''}`}
        id="network"
      >
        <NetworkPicture
          layout={layout}
          edges={network.edges}
          selected={scope.shown.point === undefined ? undefined : Number(scope.shown.point)}
          onOpen={open}
        />
      </Section>
      <NetworkTable network={network} layout={layout} scope={scope} onOpen={open} />
    </>
  );
}
