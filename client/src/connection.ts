import { errorOfResponse, unreachable } from './api-error.ts';

export type ClientOptions = {
  /** Where Planwright runs, such as `http://localhost:3000`; '' in its own page. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** The token of a sign-in, for scripts. A page needs none: it has the cookie. */
  readonly token?: string | (() => string | undefined);
};

export type Values = Readonly<Record<string, string | number | boolean | null | undefined>>;

type Request = {
  readonly method: string;
  /** Under `/api`, with `:name` for each of `params`. */
  readonly path: string;
  readonly params?: Values | undefined;
  readonly query?: Values | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
};

/** Sends requests: the address, the token, and errors of one shape. */
export type Connection = {
  addressOf(request: Pick<Request, 'path' | 'params' | 'query'>): string;
  /** @throws ApiError where the answer is not a success. */
  send(request: Request): Promise<Response>;
};

function filledPath(path: string, params: Values = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    if (params[name] === undefined) throw new TypeError(`The path ${path} needs the parameter ${name}.`);
    return encodeURIComponent(String(params[name]));
  });
}

function queryText(query: Values = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const text = new URLSearchParams(
    given.map(([name, value]) => [name, String(value)] as [string, string]),
  ).toString();
  return text === '' ? '' : `?${text}`;
}

export function createConnection(options: ClientOptions): Connection {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const request = options.fetch ?? globalThis.fetch.bind(globalThis);

  const addressOf: Connection['addressOf'] = ({ path, params, query }) =>
    `${baseUrl}/api${filledPath(path, params)}${queryText(query)}`;

  return {
    addressOf,
    async send(given) {
      const token = typeof options.token === 'function' ? options.token() : options.token;
      const headers = new Headers(given.headers);
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
      if (given.body !== undefined) headers.set('content-type', 'application/json');
      const body = given.form ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
      let response: Response;
      try {
        response = await request(addressOf(given), {
          method: given.method,
          headers,
          ...(body === undefined ? {} : { body }),
          ...(given.signal === undefined ? {} : { signal: given.signal }),
        });
      } catch (error) {
        if (given.signal?.aborted === true) throw error;
        throw unreachable(baseUrl, error);
      }
      if (!response.ok) throw await errorOfResponse(response);
      return response;
    },
  };
}
