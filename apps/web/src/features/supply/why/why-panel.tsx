import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { PanelLoadable } from '../panel-loadable.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { type WhyOf, whyOfAddress } from './why-address.ts';
import { WhyChain } from './why-chain.tsx';

/** Why a demand is late, an order is there or a stock point is short: beside whatever was clicked. */
export function WhyPanel({ scope, asked }: { scope: SupplyScope; asked: string }) {
  const close = (): void => scope.change({ why: undefined });
  const of = whyOfAddress(asked);
  if (of === null) {
    return (
      <SidePanel title="This address asks for nothing that is known" onClose={close}>
        <p>Close this, and open the number again.</p>
      </SidePanel>
    );
  }
  return (
    <PanelLoadable waiting="Loading the reasons" resetKey={asked} onClose={close}>
      <Why scope={scope} of={of} onClose={close} />
    </PanelLoadable>
  );
}

function Why({ scope, of, onClose }: { scope: SupplyScope; of: WhyOf; onClose: () => void }) {
  const { slug } = useCompany();
  const { data: why } = useSuspenseQuery(read('getSupplyWhy', { params: { company: slug }, query: of }));
  return (
    <SidePanel kicker="Why" title={why.nodes[0]?.title ?? 'Why'} onClose={onClose}>
      <WhyChain why={why} scope={scope} />
    </SidePanel>
  );
}
