import type { ErrorBody } from '@planwright/contracts';

/** Refusals that only exist over HTTP. Those of the rules are in the catalogue of `app`. Codes are API. */
const HTTP_REFUSALS = {
  ROUTE_NOT_FOUND: {
    status: 404,
    message: 'There is nothing at this address.',
    advice: 'Check method and path against /api/docs.',
  },
  BAD_REQUEST: {
    status: 400,
    message: 'The request could not be read.',
    advice: 'Send a well-formed request; the address and the body must be valid.',
  },
  BAD_JSON: {
    status: 400,
    message: 'The body is not valid JSON.',
    advice: 'Send one JSON object, or no body and no content type where the operation takes none.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    message: 'This request comes from another site than Planwright runs at.',
    advice:
      'Open the page at its configured base URL. Scripts sign in for a token and send it as Authorization: Bearer.',
  },
  SIGN_IN_FAILED: {
    status: 401,
    message: 'The e-mail address or the password is not right.',
    advice: 'Try again, or ask an administrator to set a new password.',
  },
  PASSWORD_REFUSED: {
    status: 400,
    message: 'The password was not changed: the current password is not right, or the new one is too short.',
    advice: 'Give the current password, and a new one of 12 to 128 characters.',
  },
  METRICS_REFUSED: {
    status: 403,
    message: 'The metrics are read on the machine itself, or with the metrics token.',
    advice: 'Set a metrics token and send it as Authorization: Bearer.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    message: 'The request is larger than the server takes.',
    advice: 'Send less at once; files go through the import.',
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    message: 'The upload is larger, or has more files, than the server takes.',
    advice: 'Split it into several imports, or raise the upload limits.',
  },
  UPLOAD_REFUSED: {
    status: 400,
    message: 'The upload could not be read.',
    advice: 'Send multipart/form-data with the part mapping and the files, each in a part named files.',
  },
  MEDIA_TYPE_REFUSED: {
    status: 415,
    message: 'The content type of the body is not one that this operation takes.',
    advice: 'Send application/json, or multipart/form-data where files are uploaded.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    message: 'Too many requests in a short time.',
    advice: 'Wait as long as the Retry-After header says, then go on.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    message: 'Too many event streams are open.',
    advice: 'Close other windows of Planwright, then try again.',
  },
  UNAVAILABLE: {
    status: 503,
    message: 'The server cannot do this right now.',
    advice: 'Try again in a few seconds.',
  },
  INTERNAL: {
    status: 500,
    message: 'Something went wrong in the server.',
    advice: 'Try again. If it stays, give your administrator the request id; the log has the cause.',
  },
} as const;

export type HttpRefusalCode = keyof typeof HTTP_REFUSALS;

/** Refuses with a status. `problem` replaces the general message where more can be said; it is shown to anyone. */
export class HttpRefusal extends Error {
  readonly code: HttpRefusalCode;
  readonly status: number;
  readonly advice: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: HttpRefusalCode, given: { problem?: string; retryAfterSeconds?: number } = {}) {
    const known = HTTP_REFUSALS[code];
    super(given.problem ?? known.message);
    this.name = 'HttpRefusal';
    this.code = code;
    this.status = known.status;
    this.advice = known.advice;
    this.retryAfterSeconds = given.retryAfterSeconds;
  }

  body(requestId?: string): ErrorBody {
    return { code: this.code, message: this.message, advice: this.advice, requestId };
  }
}
