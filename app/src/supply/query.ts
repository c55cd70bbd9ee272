import type { ApiInput, EndpointName } from '@planwright/contracts';

/** The query of an endpoint as its service gets it. */
export type ApiQuery<N extends EndpointName> = ApiInput<N>['query'];
