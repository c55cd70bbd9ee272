/**
 * POSTs to addresses that users gave, and cannot be led astray by them.
 *
 * The name is resolved once, every address it has must be public, and the connection goes to the very address that was
 * checked: a name that changes its mind in between gains nothing. Redirects are not followed. Time, and what is read of the
 * answer, are limited. Only https, unless private networks are allowed for a company that runs its own.
 */
import { lookup as lookUp } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { SendWebhook, Sent } from '@planwright/app';
import { isPublicAddress } from './public-address.ts';

type OutgoingOptions = {
  /** Also private addresses, and http. */
  readonly allowPrivate: boolean;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 65_536;

/** What is wrong with an address, from its text alone; undefined where nothing is. */
export function whyNotCallable(text: string, { allowPrivate }: OutgoingOptions): string | undefined {
  if (!URL.canParse(text)) return `${text} is no address.`;
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    return 'it must begin with https://.';
  if (url.username !== '' || url.password !== '') return 'it must hold no name and password.';
  const host = hostOf(url);
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return `${host} is no public address.`;
  if (!allowPrivate && (host === 'localhost' || host.endsWith('.localhost')))
    return `${host} is this machine.`;
  return undefined;
}

/** Sends one message. It never rejects: what goes wrong is the problem that it returns. */
export function outgoingPost(options: OutgoingOptions): SendWebhook {
  return async (address, headers, body) => {
    const problem = whyNotCallable(address, options);
    if (problem !== undefined) return { status: null, problem };
    try {
      const url = new URL(address);
      return await post(url, await checkedAddress(url, options), headers, body, options);
    } catch (error) {
      return { status: null, problem: error instanceof Error ? error.message : String(error) };
    }
  };
}

/** `[::1]` and `example.com.` as resolvers know them. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

async function checkedAddress(url: URL, { allowPrivate }: OutgoingOptions): Promise<string> {
  const found = await lookUp(hostOf(url), { all: true });
  const refused = allowPrivate ? undefined : found.find(({ address }) => !isPublicAddress(address));
  if (refused !== undefined)
    throw new Error(`${hostOf(url)} leads to ${refused.address}, which is not public.`);
  const [first] = found;
  if (first === undefined) throw new Error(`${hostOf(url)} has no address.`);
  return first.address;
}

function post(
  url: URL,
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { timeoutMs = TIMEOUT_MS }: OutgoingOptions,
): Promise<Sent> {
  const host = hostOf(url);
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestHttps : requestHttp)({
      method: 'POST',
      host: address,
      port: url.port === '' ? undefined : Number(url.port),
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
      // The certificate is the name's, not the address's.
      ...(isSecure && isIP(host) === 0 ? { servername: host } : {}),
      signal: AbortSignal.timeout(timeoutMs),
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (answer) => drain(answer, resolve, reject));
    request.end(body);
  });
}

/** Reads no more than a little of the answer: nothing in it is needed. */
function drain(answer: IncomingMessage, resolve: (sent: Sent) => void, reject: (error: Error) => void): void {
  const status = answer.statusCode ?? null;
  const isRedirect = status !== null && status >= 300 && status < 400;
  const done = (): void =>
    resolve({
      status,
      problem: isRedirect
        ? 'It answered with a redirect, which is not followed.'
        : status !== null && status >= 200 && status < 300
          ? null
          : `It answered with ${status}.`,
    });
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= ANSWER_BYTES_MAX) return;
    answer.destroy();
    done();
  });
  answer.on('end', done);
  answer.on('error', reject);
}
