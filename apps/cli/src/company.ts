import type { Client } from '@planwright/client';

/** The company that is meant: the named one, or the only one there is. */
export async function companyOf(client: Client, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const { memberships } = await client.getMe();
  const [first, ...others] = memberships;
  if (first !== undefined && others.length === 0) return first.company;
  const names = memberships.map((membership) => membership.company).join(', ');
  throw new Error(
    first === undefined
      ? 'There is no company yet. Make one with --company NAME on import.'
      : `There are several companies: ${names}. Say which with --company.`,
  );
}

/** Makes a company of that short name, unless it exists. */
export async function ensureCompany(
  client: Client,
  slug: string,
  given: { readonly name: string; readonly currency: string },
): Promise<void> {
  const { memberships } = await client.getMe();
  if (memberships.some((membership) => membership.company === slug)) return;
  await client.createCompany({
    body: { slug, ...given, calendarKind: 'month', fiscalYearStartMonth: 1 },
  });
}
