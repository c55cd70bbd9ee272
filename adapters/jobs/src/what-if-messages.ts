/** What the thread that tries out edits is told, and what it answers: each question once, by its number. */
import type { DeskParts, ErrorCode } from '@planwright/app';
import type { SupplyEdit, WhatIf } from '@planwright/contracts';

export type ToWhatIf = { readonly id: number; readonly runId: string } & (
  | { readonly kind: 'open'; readonly parts: DeskParts }
  /** Plans what is most likely to be asked about. */
  | { readonly kind: 'prepare' }
  | { readonly kind: 'ask'; readonly edits: readonly SupplyEdit[] }
);

export type FromWhatIf = { readonly id: number } & (
  | { readonly kind: 'done' }
  | { readonly kind: 'effect'; readonly effect: WhatIf }
  /** The run is not open here: never was, or was closed for others. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly details: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'failed'; readonly reason: string }
);
