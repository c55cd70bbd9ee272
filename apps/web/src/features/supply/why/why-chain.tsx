import type { SupplyWhy } from '@planwright/contracts';
import { useMemo } from 'react';
import { formatShortDay } from '../../../ui/date-format.ts';
import { formatExact, moneyInWords } from '../../../ui/number-format.ts';
import table from '../../../ui/table.module.css';
import { resourceAddress, type SupplyScope } from '../supply-address.ts';
import css from './why-chain.module.css';
import { type WhyBranch, type WhyNode, whyTree } from './why-tree.ts';

const TYPES: Record<WhyNode['type'], string> = {
  demand: 'Demand',
  shortage: 'Shortage',
  order: 'Order',
  receipt: 'Under way',
  onHand: 'On hand',
  safetyStock: 'Safety stock',
  constraint: 'Held up by',
};

/** The reasons of a number: one sentence, its money, then the chain down to the constraint and up to who is served. */
export function WhyChain({ why, scope }: { why: SupplyWhy; scope: SupplyScope }) {
  const { down, up } = useMemo(() => whyTree(why), [why]);
  return (
    <div>
      <p className={css.sentence}>{why.sentence}</p>
      {why.cost === null || why.cost === 0 ? null : (
        <p className={css.cost}>
          It costs <strong>{moneyInWords(why.cost, why.currency)}</strong>.
        </p>
      )}
      {down.length === 0 ? null : (
        <>
          <h3 className={css.title}>What it rests on</h3>
          <Branches branches={down} scope={scope} />
        </>
      )}
      {up.length === 0 ? null : (
        <>
          <h3 className={css.title}>What it serves</h3>
          <Branches branches={up} scope={scope} />
        </>
      )}
      {why.cut ? <p className={css.note}>The chain goes on; the nearest reasons are shown.</p> : null}
    </div>
  );
}

function Branches({ branches, scope }: { branches: readonly WhyBranch[]; scope: SupplyScope }) {
  return (
    <ul className={css.branches}>
      {branches.map((branch, index) => (
        // The same node may stand twice below another, for two shares of it.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={`${branch.node.id}-${index}`} data-type={branch.node.type}>
          <Reason branch={branch} scope={scope} />
          {branch.below.length === 0 ? null : <Branches branches={branch.below} scope={scope} />}
        </li>
      ))}
    </ul>
  );
}

function Reason({ branch, scope }: { branch: WhyBranch; scope: SupplyScope }) {
  const { node, quantity, again } = branch;
  const open = openerOf(node, scope);
  return (
    <div className={css.reason}>
      {node.title.startsWith(TYPES[node.type]) ? null : <span className={css.type}>{TYPES[node.type]} </span>}
      {open === null ? (
        <strong>{node.title}</strong>
      ) : (
        <button type="button" className={table.link} onClick={open}>
          {node.title}
        </button>
      )}
      {quantity === null || isTold(node, quantity) ? null : (
        <span className={css.quantity}> {formatExact(round(quantity))}</span>
      )}
      {node.on === null ? null : <span className={css.quantity}>, {formatShortDay(node.on)}</span>}
      {again ? (
        <span className={css.note}> (told above)</span>
      ) : node.detail === '' ? null : (
        <span className={css.detail}>{node.detail}</span>
      )}
    </div>
  );
}

/** Whether the detail begins with the same amount. */
const isTold = ({ detail }: WhyNode, quantity: number): boolean =>
  detail.startsWith(`${formatExact(round(quantity))} `);

const round = (quantity: number): number => Math.round(quantity * 100) / 100;

/** What a node leads to: the demand or order it is, the resource or the stock point it is about. */
function openerOf(node: WhyNode, scope: SupplyScope): (() => void) | null {
  const { resourceId } = node;
  if (node.type === 'constraint' && resourceId !== null)
    return () => scope.change({ view: 'load', resource: resourceAddress(resourceId), why: undefined });
  if ((node.type === 'demand' || node.type === 'order') && node.number !== null)
    return () => scope.change({ why: `${node.type}.${node.number}` });
  if (node.stockPointId !== null)
    return () =>
      scope.change({ view: undefined, point: String(node.stockPointId), bucket: undefined, why: undefined });
  return null;
}
