export { cleanse, type Cleansed, type CleansingInput } from './cleanse.ts';
export { CLEANSING_REASONS, type CleansingFinding, type CleansingReason, reasonCode } from './finding.ts';
