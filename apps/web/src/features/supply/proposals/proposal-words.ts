import type { Proposal, SupplierRisk } from '@planwright/contracts';
import type { Tone } from '../../../ui/status-word.tsx';

export const KIND_WORDS: Readonly<Record<Proposal['kind'], string>> = {
  buy: 'Buy',
  make: 'Make',
  move: 'Move',
  expedite: 'Expedite',
  cancel: 'Cancel',
  reschedule: 'Reschedule',
};

export const STATUS_WORDS: Readonly<Record<Proposal['status'], { word: string; tone: Tone }>> = {
  proposed: { word: 'Proposed', tone: 'watch' },
  approved: { word: 'Approved', tone: 'active' },
  released: { word: 'Released', tone: 'good' },
  rejected: { word: 'Rejected', tone: 'neutral' },
  withdrawn: { word: 'Withdrawn', tone: 'neutral' },
};

export const RISK_WORDS: Readonly<Record<SupplierRisk['level'], { word: string; tone: Tone }>> = {
  low: { word: 'Low risk', tone: 'good' },
  medium: { word: 'Some risk', tone: 'watch' },
  high: { word: 'High risk', tone: 'bad' },
};
