export { type ErrorCode, type ErrorDetails, type ErrorKind, PlanningError } from './errors.ts';
export type { Caller, Member, OpenEndpointName, Service, Services } from './services.ts';
