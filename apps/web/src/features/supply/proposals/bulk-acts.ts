import type { Permission, Proposal } from '@planwright/contracts';

export type BulkAct = {
  readonly name: 'approve' | 'release' | 'reject';
  readonly verb: string;
  readonly permission: Permission;
  /** The states it can be done in. */
  readonly from: readonly Proposal['status'][];
  /** Why it is not offered where none of the chosen is in such a state. */
  readonly none: string;
  /** What follows from it. */
  readonly follows: string;
};

/** What can be done to several proposals at once. */
export const BULK_ACTS: readonly BulkAct[] = [
  {
    name: 'approve',
    verb: 'Approve',
    permission: 'supply.approve',
    from: ['proposed'],
    none: 'Choose proposals that wait to be approved.',
    follows: 'Each is signed with your name. Above the limits of the company a second person must sign, too.',
  },
  {
    name: 'release',
    verb: 'Release',
    permission: 'supply.release',
    from: ['approved'],
    none: 'Choose proposals that are approved.',
    follows: 'Released orders are told to the systems that listen, and later plans count on them.',
  },
  {
    name: 'reject',
    verb: 'Reject',
    permission: 'supply.approve',
    from: ['proposed', 'approved', 'released'],
    none: 'Choose proposals.',
    follows: 'What was approved or released is withdrawn, and the next plan may propose it again.',
  },
];
