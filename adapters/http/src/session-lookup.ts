import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Caller } from '@planwright/app';
import type { AuthKysely } from './auth.ts';

const BEARER = /^bearer +(\S+)$/i;

/** The value of a cookie in a Cookie header; the first where a name comes twice. */
function cookieValue(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** The token inside a signed cookie, `<token>.<base64 of HMAC-SHA-256>` URL-encoded; undefined where it is not ours. */
function verifiedToken(value: string, secret: string): string | undefined {
  let text: string;
  try {
    text = decodeURIComponent(value);
  } catch {
    return undefined;
  }
  const dot = text.lastIndexOf('.');
  if (dot < 1) return undefined;
  const token = text.slice(0, dot);
  const given = Buffer.from(text.slice(dot + 1));
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'));
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

/**
 * Finds who holds the session that the headers name. better-auth makes, renews and ends the sessions; this
 * reads them as it stores them, in one query. Every request asks, and its own pipeline took more than twice
 * the time.
 *
 * A bearer token counts before a cookie. Nothing is kept in memory: a session that is ended is ended at once.
 */
export async function findCaller(
  kysely: AuthKysely,
  given: { headers: Headers; cookieName: string; secret: string },
): Promise<Caller | undefined> {
  const { headers, cookieName, secret } = given;
  const authorization = headers.get('authorization');
  const cookie = cookieValue(headers.get('cookie') ?? '', cookieName);
  const token =
    authorization !== null
      ? BEARER.exec(authorization)?.[1]
      : cookie === undefined
        ? undefined
        : verifiedToken(cookie, secret);
  if (token === undefined) return undefined;
  const row: Caller | undefined = await kysely
    .selectFrom('auth_session')
    .innerJoin('auth_user', 'auth_user.id', 'auth_session.userId')
    .select(['auth_user.id as userId', 'auth_user.email', 'auth_user.name'])
    .where('auth_session.token', '=', token)
    .where('auth_session.expiresAt', '>', new Date())
    .executeTakeFirst();
  return row;
}
