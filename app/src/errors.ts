/** Decides the HTTP status and the exit code; nothing in here knows either. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unavailable';

type Entry<D> = { kind: ErrorKind; message: (details: D) => string; advice: string };
const entry = <D = Record<string, never>>(
  kind: ErrorKind,
  message: (details: D) => string,
  advice: string,
): Entry<D> => ({ kind, message, advice });

/** The one list of refusals: what is wrong with which values, and what to do. Codes are API. */
const CATALOG = {
  NOT_SIGNED_IN: entry('unauthenticated', () => 'This needs a signed-in user.', 'Sign in and try again.'),
  NOT_PERMITTED: entry<{ permission: string; role: string }>(
    'forbidden',
    (d) => `The role ${d.role} does not hold the permission ${d.permission}.`,
    'Ask an administrator of the company for a role that does.',
  ),
  COMPANY_NOT_FOUND: entry<{ company: string }>(
    'not-found',
    (d) => `There is no company ${d.company} that you are a member of.`,
    'Check the address, or ask its administrator to add you.',
  ),
  COMPANY_EXISTS: entry<{ company: string }>(
    'conflict',
    (d) => `A company ${d.company} exists already.`,
    'Choose another short name.',
  ),
  MEMBER_EXISTS: entry<{ email: string }>(
    'conflict',
    (d) => `${d.email} is a member of this company already.`,
    'Change their role instead.',
  ),
  LAST_ADMIN: entry<{ company: string }>(
    'conflict',
    (d) => `This would leave ${d.company} without an administrator.`,
    'Make somebody else an administrator first.',
  ),
  NOT_FOUND: entry<{ what: string; id: string }>(
    'not-found',
    (d) => `There is no ${d.what} ${d.id} here.`,
    'Check the address; it may have been removed.',
  ),
  INVALID_INPUT: entry<{ problem: string }>(
    'invalid',
    (d) => d.problem,
    'Correct the named fields and send again.',
  ),
  RUN_ALREADY_ACTIVE: entry<{ runId: string }>(
    'conflict',
    (d) => `A run of this plan is under way already (${d.runId}).`,
    'Wait for it, or cancel it first.',
  ),
  RUN_NOT_FINISHED: entry<{ runId: string; status: string }>(
    'conflict',
    (d) => `Run ${d.runId} is ${d.status}; only a finished run can be used here.`,
    'Wait until it has succeeded, or choose another run.',
  ),
  NO_PUBLISHED_RUN: entry(
    'not-found',
    () => 'No plan has been published yet.',
    'Import data, then run and publish the plan.',
  ),
  NO_CONSTRAINED_PLAN: entry<{ runId: string }>(
    'conflict',
    (d) => `Run ${d.runId} holds no constrained plan: an earlier version of Planwright made it.`,
    'Run the plan again and publish it.',
  ),
  PROPOSAL_NOT_OPEN: entry<{ number: string; status: string; wanted: string }>(
    'conflict',
    (d) => `Proposal ${d.number} is ${d.status}, so it cannot be ${d.wanted}.`,
    'Look at it as it is now, and decide again.',
  ),
  PROPOSAL_ABOVE_LIMIT: entry<{ number: string; value: string; limit: string }>(
    'forbidden',
    (d) => `Proposal ${d.number} is worth ${d.value}; a planner approves up to ${d.limit}.`,
    'Ask finance, an executive or an administrator to approve it.',
  ),
  PROPOSAL_SIGNED_BY_YOU: entry<{ number: string }>(
    'conflict',
    (d) => `You have signed proposal ${d.number} already; it needs a second person.`,
    'Ask a colleague who may approve to sign it.',
  ),
  PROPOSAL_OUTDATED: entry<{ number: string }>(
    'conflict',
    (d) =>
      `Proposal ${d.number} is of a plan that knows nothing of what was approved for the same stock since.`,
    'Run the plan again; what was approved counts as supply there.',
  ),
  NO_DATA: entry(
    'conflict',
    () => 'There are no sales order lines to plan from.',
    'Import the company data first.',
  ),
  IMPORT_ENDED: entry<{ importId: string; status: string }>(
    'conflict',
    (d) => `Import ${d.importId} has ended already: it is ${d.status}.`,
    'A stored import can be undone; for any other there is nothing to stop.',
  ),
  IMPORT_NOT_STORED: entry<{ importId: string; status: string }>(
    'conflict',
    (d) => `Import ${d.importId} is ${d.status}: nothing of it is stored.`,
    'Only a stored import can be undone.',
  ),
  IMPORT_NOT_NEWEST: entry<{ importId: string; newestId: string; newestName: string }>(
    'conflict',
    (d) => `Import ${d.importId} is not the newest: ${d.newestName} (${d.newestId}) was stored after it.`,
    'Undo the newer import first.',
  ),
  CYCLE_EXISTS: entry<{ name: string }>(
    'conflict',
    (d) => `The cycle of ${d.name} exists already.`,
    'Open the cycle of another month.',
  ),
  CYCLE_STILL_OPEN: entry<{ name: string }>(
    'conflict',
    (d) => `The cycle of ${d.name} is still open.`,
    'Approve its plan first: one cycle is open at a time.',
  ),
  CYCLE_NOT_OPEN: entry<{ name: string; status: string }>(
    'conflict',
    (d) => `The cycle of ${d.name} is ${d.status}: nothing of it changes any more.`,
    'Go on in the next cycle.',
  ),
  CYCLE_MOVED_ON: entry<{ name: string; version: number; newest: number }>(
    'conflict',
    (d) => `The cycle of ${d.name} has moved on: it is at version ${d.newest}, not ${d.version}.`,
    'Look at its newest state and decide again.',
  ),
  STEP_WAITING: entry<{ step: string }>(
    'conflict',
    (d) => `${d.step} waits for the steps before it.`,
    'Have those signed first.',
  ),
  STEP_SIGNED: entry<{ step: string }>(
    'conflict',
    (d) => `${d.step} is signed already.`,
    'Reopen it to change it or to sign it again.',
  ),
  STEP_NOT_SIGNED: entry<{ step: string }>(
    'conflict',
    (d) => `${d.step} is not signed.`,
    'Only a signed step can be reopened.',
  ),
  STEP_ROLE: entry<{ step: string; role: string; roles: string }>(
    'forbidden',
    (d) => `${d.step} is signed by ${d.roles}, not by the role ${d.role}.`,
    'Ask someone with one of these roles to sign.',
  ),
  SIGNED_BY_APPROVAL: entry<{ step: string }>(
    'conflict',
    (d) => `${d.step} is signed by approving the plan.`,
    'Approve the cycle instead.',
  ),
  RUN_MOVED_ON: entry<{ seen: string; underReview: string | null }>(
    'conflict',
    (d) =>
      d.underReview === null
        ? `Run ${d.seen} is not under review: no plan is published.`
        : `Run ${d.seen} is not under review any more: ${d.underReview} is.`,
    'Look at the published plan, then sign for that one.',
  ),
  SIGNED_FOR_EARLIER_RUN: entry<{ steps: string }>(
    'conflict',
    (d) => `These steps were signed for an earlier run: ${d.steps}.`,
    'Reopen the first of them, and have the steps signed for the run under review.',
  ),
  CHANGED_MEANWHILE: entry<{ what: string }>(
    'conflict',
    (d) => `${d.what} was changed meanwhile by someone else.`,
    'Look at it as it is now, and decide again.',
  ),
  GATE_FAILS: entry<{ step: string; checks: string }>(
    'conflict',
    (d) => `${d.step} has failing checks: ${d.checks}.`,
    'Correct what they name, or sign with a reason to waive them.',
  ),
} as const;

export type ErrorCode = keyof typeof CATALOG;
export type ErrorDetails<C extends ErrorCode> = Parameters<(typeof CATALOG)[C]['message']>[0];

/** An expected refusal. A bad row is an Issue and broken code is a failed assert: neither is this. */
export class PlanningError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly kind: ErrorKind;
  readonly advice: string;
  readonly details: ErrorDetails<C>;

  constructor(code: C, ...[details]: Record<string, never> extends ErrorDetails<C> ? [] : [ErrorDetails<C>]) {
    const found = CATALOG[code] as Entry<ErrorDetails<C>>;
    super(found.message((details ?? {}) as ErrorDetails<C>));
    this.name = 'PlanningError';
    this.code = code;
    this.kind = found.kind;
    this.advice = found.advice;
    this.details = (details ?? {}) as ErrorDetails<C>;
  }
}
