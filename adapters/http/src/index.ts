export {
  type Auth,
  type AuthPort,
  type AuthSetup,
  createAuth,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  trustedOrigins,
} from './auth.ts';
export { AUTH_ROUTES } from './auth-routes.ts';
export { createHttp } from './create-http.ts';
export {
  type Credentials,
  createCredentials,
  ensureFirstAdmin,
  type Person,
  randomPassword,
} from './credentials.ts';
export type {
  CompanyChange,
  CsvDownload,
  EventLimits,
  EventPort,
  HealthReport,
  HttpConfig,
  HttpDeps,
  MemberOf,
  RateLimits,
  RawHandlers,
  ReceivedUpload,
  UploadLimits,
  UploadSlot,
  WorkCounts,
} from './deps.ts';
export { outgoingPost, whyNotCallable } from './outgoing-post.ts';
