import type { IssueTotal } from './reader-messages.ts';
import type { ImportIssue } from './finding-issue.ts';

/** Keeps the first issues of every target and code, and counts all of them. */
export class IssueLog {
  readonly #limit: number;
  readonly #issues: ImportIssue[] = [];
  readonly #totals = new Map<
    string,
    { target: ImportIssue['target']; code: string; severity: ImportIssue['severity']; total: number }
  >();

  constructor(issuesPerCode: number) {
    this.#limit = issuesPerCode;
  }

  add(issue: ImportIssue): void {
    const key = `${issue.target ?? ''} ${issue.severity} ${issue.code}`;
    const known = this.#totals.get(key);
    const entry = known ?? { target: issue.target, code: issue.code, severity: issue.severity, total: 0 };
    if (known === undefined) this.#totals.set(key, entry);
    entry.total++;
    if (entry.total <= this.#limit) this.#issues.push(issue);
  }

  get issues(): readonly ImportIssue[] {
    return this.#issues;
  }

  get totals(): readonly IssueTotal[] {
    return [...this.#totals.values()];
  }

  get hasErrors(): boolean {
    return [...this.#totals.values()].some((entry) => entry.severity === 'error');
  }
}
