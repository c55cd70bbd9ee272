import type { ApiInput, ApiOutput, EndpointName, Role } from '@planwright/contracts';

/** Who calls, as proved by the session: never taken from what the caller sent. */
export type Caller = {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
};

/** A caller inside a company they are a member of, with the permission of the endpoint already checked. */
export type Member = Caller & {
  readonly companyId: number;
  readonly company: string;
  readonly role: Role;
};

/** Endpoints outside any company. All others are called by a member. */
export type OpenEndpointName = 'getMe' | 'createCompany';

export type Service<N extends EndpointName> = (
  caller: N extends OpenEndpointName ? Caller : Member,
  input: ApiInput<N>,
) => Promise<ApiOutput<N>>;

/** One function an endpoint: the whole application as the outside sees it. */
export type Services = { readonly [N in EndpointName]: Service<N> };
