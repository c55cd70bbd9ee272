import type { SupplyNetworkView } from '@planwright/contracts';
import { useMemo } from 'react';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { formatExact, formatNumber } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { SourceOrder } from './source-order.tsx';
import type { NetworkEdge, NetworkLayout, NetworkNode } from './network-layout.ts';
import { wayInWords } from './network-picture.tsx';

type Step = {
  readonly edge: NetworkEdge;
  readonly from: NetworkNode;
  readonly to: NetworkNode;
  readonly critical: boolean;
};

/** The same network as figures: one row a step of the flow. */
export function NetworkTable(props: {
  network: SupplyNetworkView;
  layout: NetworkLayout;
  scope: SupplyScope;
  onOpen: (node: NetworkNode) => void;
}) {
  const { network, layout } = props;
  const steps = useMemo(() => stepsOf(network, layout), [network, layout]);
  const columns = useMemo(() => stepColumns(), []);
  return (
    <>
      <Section
        title="The same as figures"
        note="One row a step; open one to see and change how it is planned."
        id="steps"
      >
        <DataGrid
          label="Steps of the network"
          noun={['step', 'steps']}
          rows={steps}
          columns={columns}
          rowsShown={12}
          fileName={`network-${network.item}`}
          onOpen={(step) => props.onOpen(step.to)}
        />
      </Section>
      <SourceOrder steps={steps} />
    </>
  );
}

function stepsOf(network: SupplyNetworkView, layout: NetworkLayout): Step[] {
  const nodes = new Map(network.nodes.map((node) => [node.id, node]));
  return network.edges.flatMap((edge) => {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    return from === undefined || to === undefined
      ? []
      : [{ edge, from, to, critical: layout.isCritical(edge) }];
  });
}

function stepColumns(): GridColumn<Step>[] {
  const placeOf = (node: NetworkNode): string =>
    node.location === null ? node.code : `${node.code} at ${node.location}`;
  const number = (
    id: string,
    title: string,
    value: (step: Step) => number,
    width = 88,
  ): GridColumn<Step> => ({
    id,
    title,
    width,
    number: true,
    text: (step) => formatExact(Math.round(value(step) * 1000) / 1000),
    exact: value,
  });
  return [
    {
      id: 'from',
      title: 'From',
      width: 200,
      pinned: true,
      text: ({ from }) => placeOf(from),
      tone: () => 'strong',
    },
    { id: 'way', title: 'Is', width: 70, text: ({ edge }) => wayInWords(edge) },
    { id: 'to', title: 'Into', width: 200, text: ({ to }) => placeOf(to), tone: () => 'strong' },
    number('per', 'Quantity per', ({ edge }) => edge.quantityPer),
    {
      id: 'days',
      title: 'Lead time',
      unit: 'days',
      width: 104,
      number: true,
      text: ({ edge }) => formatNumber(edge.leadTimeDays),
      exact: ({ edge }) => edge.leadTimeDays,
    },
    {
      id: 'critical',
      title: 'Slowest way',
      width: 92,
      text: ({ critical }) => (critical ? 'yes' : ''),
      tone: () => 'accent',
    },
    number('priority', 'Asked as', ({ edge }) => edge.priority, 74),
    number('planned', 'Planned', ({ edge }) => edge.plannedQuantity),
    number('onHand', 'On hand', ({ from }) => from.onHand),
    {
      ...number('short', 'Short', ({ from }) => from.shortageQuantity),
      tone: ({ from }) => (from.shortageQuantity > 0 ? 'bad' : 'quiet'),
    },
  ];
}
