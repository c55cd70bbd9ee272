import type { Core } from './contract.ts';

/** Whether all parameters of a core are finite. */
export const hasFiniteParameters = (core: Core): boolean =>
  core.hasFiniteParameters?.() ?? Object.values(core.parameters()).every(Number.isFinite);
