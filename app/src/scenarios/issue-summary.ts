/** Many findings of one kind are one mistake: a planner reads the first few and how many more there are. */
import type { IssueRow } from '@planwright/contracts';
import type { Issue } from '@planwright/units';
import type { z } from 'zod';

export type RunIssue = z.infer<typeof IssueRow>;

const SHOWN_PER_CODE_MAX = 20;

/** Errors first, then by code; of each code the first few, and a last one that counts the rest. */
export function summarisedIssues(issues: readonly Issue[]): RunIssue[] {
  const bySeverity = (severity: Issue['severity']): RunIssue[] =>
    [...Map.groupBy(issues, (issue) => (issue.severity === severity ? issue.code : ''))]
      .filter(([code]) => code !== '')
      .flatMap(([code, same]) => {
        const shown = same.slice(0, SHOWN_PER_CODE_MAX).map(asRow);
        const restCount = same.length - shown.length;
        return restCount === 0 ? shown : [...shown, asRow(restIssue(severity, code, same[0], restCount))];
      });
  return [...bySeverity('error'), ...bySeverity('warning')];
}

function restIssue(severity: Issue['severity'], code: string, first: Issue, count: number): Issue {
  return { severity, code, message: `${count} more of the same kind.`, advice: first.advice };
}

function asRow(issue: Issue): RunIssue {
  return {
    severity: issue.severity,
    code: issue.code,
    message: issue.message,
    advice: issue.advice,
    file: issue.file ?? null,
    row: issue.row ?? null,
    column: issue.column ?? null,
    value: issue.value ?? null,
  };
}

export function sameIssue(a: RunIssue, b: RunIssue): boolean {
  return a.code === b.code && a.message === b.message && a.severity === b.severity;
}
