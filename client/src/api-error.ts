import { ErrorBody } from '@planwright/contracts';

/** A refusal of the server, or that it could not be reached (`code` UNREACHABLE, `status` 0). */
export class ApiError extends Error {
  readonly status: number;
  /** Stable; compare this, not the message. */
  readonly code: string;
  /** What the user can do. */
  readonly advice: string;
  readonly details: unknown;
  readonly requestId: string | undefined;

  constructor(status: number, body: ErrorBody, options?: ErrorOptions) {
    super(body.message, options);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code;
    this.advice = body.advice;
    this.details = body.details;
    this.requestId = body.requestId;
  }
}

/** The error of an answer that is not a success; also where something between here and the server answered. */
export async function errorOfResponse(response: Response): Promise<ApiError> {
  const body = ErrorBody.safeParse(await response.json().catch(() => undefined));
  if (body.success) return new ApiError(response.status, body.data);
  return new ApiError(response.status, {
    code: 'UNEXPECTED_ANSWER',
    message: `The server answered with status ${response.status} and no explanation.`,
    advice: 'Check that the address is that of Planwright, and what stands between it and you.',
  });
}

export function unreachable(baseUrl: string, cause: unknown): ApiError {
  const body = {
    code: 'UNREACHABLE',
    message: `Nothing answers at ${baseUrl === '' ? 'the server of this page' : baseUrl}.`,
    advice: 'Check that the server runs and that the address is right.',
  };
  return new ApiError(0, body, { cause });
}
