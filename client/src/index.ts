export { ApiError } from './api-error.ts';
export { type Client, createClient } from './client.ts';
export type { ClientOptions } from './connection.ts';
export type { CompanyChange, Events } from './events.ts';
export type { Download, Files, UploadFile } from './files.ts';
export type { CallInput, CallOptions, Operations } from './operations.ts';
export type { CurrentSession, SignedIn, SignIn } from './sign-in.ts';
