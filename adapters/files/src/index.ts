export { csvText, neutralCell } from './csv-text.ts';
export type { ImportIssue } from './finding-issue.ts';
export { importFiles, type ImportReading, type ImportRequest, previewSources } from './import-files.ts';
export { DEFAULT_LIMITS, type ImportLimits } from './import-limits.ts';
export { type MappingReading, readMapping } from './mapping-yaml.ts';
export type { IssueTotal, ReadProgress, RejectsFile, SourcePreview } from './reader-messages.ts';
export { shownValue } from './shown-value.ts';
export { findSourceFiles, problemOfFileName } from './source-files.ts';
export type { TargetCount } from './stage-target.ts';
