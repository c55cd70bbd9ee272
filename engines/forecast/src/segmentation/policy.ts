/** How to work on a cell of value and forecastability: who looks at it, when, and what guards against the error that stays. */
import type { ErrorClass, ValueClass } from './segmentation.ts';

export type CellPolicy = {
  /** automate: nobody looks. exception: on an alert. review: every cycle. collaborate: with those who know more than the history. */
  readonly action: 'automate' | 'exception' | 'review' | 'collaborate';
  readonly sentence: string;
};

const POLICIES: Readonly<Record<ValueClass, Readonly<Record<ErrorClass, CellPolicy>>>> = {
  A: {
    X: { action: 'exception', sentence: 'Take the baseline and look only when an alert is raised.' },
    Y: { action: 'review', sentence: 'Review every cycle; adjust only for what the history cannot know.' },
    Z: {
      action: 'collaborate',
      sentence: 'Plan with sales and customers, watch the order book, and guard with safety stock.',
    },
    new: {
      action: 'collaborate',
      sentence: 'Plan the launch with like items and update it with the first weeks.',
    },
  },
  B: {
    X: { action: 'automate', sentence: 'Take the baseline without looking.' },
    Y: { action: 'exception', sentence: 'Take the baseline and look only when an alert is raised.' },
    Z: { action: 'review', sentence: 'Review the level every cycle; let safety stock take the rest.' },
    new: {
      action: 'review',
      sentence: 'Set a level from like items and review it until there is a back-test.',
    },
  },
  C: {
    X: { action: 'automate', sentence: 'Take the baseline without looking.' },
    Y: { action: 'automate', sentence: 'Take the baseline without looking; hold stock rather than plan.' },
    Z: {
      action: 'automate',
      sentence:
        'Do not plan by hand: reorder by stock level, make to order, or ask whether to keep the item.',
    },
    new: {
      action: 'exception',
      sentence: 'Set a level from like items and look only when an alert is raised.',
    },
  },
};

export const policyOf = (valueClass: ValueClass, errorClass: ErrorClass): CellPolicy =>
  POLICIES[valueClass][errorClass];
