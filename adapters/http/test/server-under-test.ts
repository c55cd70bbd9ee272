import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Services } from '@planwright/app';
import { type Endpoint, ENDPOINTS, type EndpointName, ROLES, type Role } from '@planwright/contracts';
import { type Db, openDatabase } from '@planwright/postgres';
import type { FastifyInstance } from 'fastify';
import {
  type Auth,
  type CompanyChange,
  createAuth,
  createCredentials,
  createHttp,
  type Credentials,
  type HttpConfig,
  type HttpDeps,
  type RawHandlers,
  type ReceivedUpload,
} from '@planwright/http';
import { emptyArchive } from '../../postgres/test/empty-archive.ts';
import { sampleOf, schemaOf } from './samples.ts';

export const BASE_URL = 'http://localhost:3000';
export const PASSWORD = 'a long enough password';

/** Everyone who may knock: a member of `acme` for each role, and those who are none. */
export const PEOPLE = [...ROLES, 'stranger', 'disabled'] as const;
export type PersonName = (typeof PEOPLE)[number];

export type SignedIn = {
  readonly userId: string;
  readonly token: string;
  /** The cookie with the origin a browser would send. */
  readonly headers: { readonly cookie: string; readonly origin: string };
};

type Membership = { company: string; role: Role; disabled: boolean };
const COMPANY_IDS: Readonly<Record<string, number>> = { acme: 1, other: 2 };

export type ServerUnderTest = {
  readonly app: FastifyInstance;
  readonly auth: Auth;
  readonly credentials: Credentials;
  readonly db: Db;
  readonly people: Readonly<Record<PersonName, SignedIn>>;
  /** By user id; change it to disable or demote. */
  readonly memberships: Map<string, Membership>;
  /** Every call that reached a service. */
  readonly calls: { name: string; caller: unknown; input: unknown }[];
  /** Answers of single services, in place of samples. */
  readonly answers: Partial<{ [N in EndpointName]: () => unknown }>;
  readonly uploads: { folder: string; received: ReceivedUpload | null; discarded: boolean }[];
  readonly raw: RawHandlers;
  emit(companyId: number, change: CompanyChange): void;
  listenerCount(): number;
  signIn(email: string, password?: string): Promise<SignedIn>;
  close(): Promise<void>;
};

/** Stand-in services: each answers with a sample of its own response, plus a key that must never get out. */
function standInServices(calls: ServerUnderTest['calls'], answers: ServerUnderTest['answers']): Services {
  const entries = (Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]).map(([name, endpoint]) => {
    const sample = sampleOf(schemaOf(endpoint.response, 'output')) as object;
    const service = async (caller: unknown, input: unknown) => {
      calls.push({ name, caller, input });
      return answers[name]?.() ?? { ...sample, passwordHash: 'LEAKED' };
    };
    return [name, service];
  });
  return Object.fromEntries(entries) as Services;
}

function standInRaw(root: string, uploads: ServerUnderTest['uploads']): RawHandlers {
  const slot = async <Result>(result: Result) => {
    const folder = await mkdtemp(path.join(root, 'upload-'));
    const upload: (typeof uploads)[number] = { folder, received: null, discarded: false };
    uploads.push(upload);
    return {
      folder,
      async finish(received: ReceivedUpload) {
        upload.received = received;
        return result;
      },
      async discard() {
        await rm(folder, { recursive: true, force: true });
        upload.discarded = true;
      },
    };
  };
  const csv = async (fileName: string) => ({
    fileName,
    text: (async function* () {
      yield 'item,quantity\r\n';
      yield "'=cmd|x,1\r\n";
    })(),
  });
  const sampleImport = sampleOf(schemaOf(ENDPOINTS.getImport.response, 'output')) as never;
  return {
    receiveImport: () => slot(sampleImport),
    previewFiles: () => slot({ files: [], mapping: 'version: 1' }),
    downloadRejects: () => csv('rejects.csv'),
    exportRows: (_member, target) => csv(`${target}.csv`),
    exportDemand: () => csv('demand "Ä".csv'),
    exportProposals: () => csv('proposals.csv'),
  };
}

async function signInAs(app: FastifyInstance, email: string, password: string): Promise<SignedIn> {
  const response = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { origin: BASE_URL },
    payload: { email, password },
  });
  if (response.statusCode !== 200) throw new Error(`sign-in failed: ${response.body}`);
  const { token, user } = response.json<{ token: string; user: { id: string } }>();
  const cookie = String(response.headers['set-cookie']).split(';', 1)[0];
  return { userId: user.id, token, headers: { cookie, origin: BASE_URL } };
}

/** The real routes, sign-in and database, with services behind them that answer samples. */
export async function startServer(
  given: {
    config?: Partial<HttpConfig>;
    people?: readonly PersonName[];
    deps?: Partial<HttpDeps>;
    /** A database to share: opening one is what takes the time. */
    db?: Db;
  } = {},
): Promise<ServerUnderTest> {
  const db = given.db ?? (await openDatabase({ archive: await emptyArchive() }));
  const auth = createAuth({
    kysely: db.kysely,
    secret: 'kT9vQ2mXw7LrB4nZ8cHsJ6dFgY3pAeUi',
    baseUrl: BASE_URL,
    signInsPerMinute: 1_000,
  });
  const root = await mkdtemp(path.join(tmpdir(), 'planwright-http-'));
  const credentials = createCredentials(auth);
  const memberships: ServerUnderTest['memberships'] = new Map();
  const calls: ServerUnderTest['calls'] = [];
  const answers: ServerUnderTest['answers'] = {};
  const uploads: ServerUnderTest['uploads'] = [];
  const listeners = new Set<{ companyId: number; listener: (change: CompanyChange) => void }>();
  const raw = standInRaw(root, uploads);
  const app = await createHttp({
    services: standInServices(calls, answers),
    auth,
    raw,
    memberOf: async (userId, slug) => {
      const found = memberships.get(userId);
      if (found === undefined || found.disabled || found.company !== slug) return undefined;
      return { companyId: COMPANY_IDS[slug], company: slug, role: found.role };
    },
    events: {
      subscribe(companyId, listener) {
        const entry = { companyId, listener };
        listeners.add(entry);
        return () => listeners.delete(entry);
      },
    },
    config: {
      baseUrl: BASE_URL,
      rateLimits: { requestsPerMinute: 1_000_000, signInsPerMinute: 1_000 },
      events: { accessCheckMs: 200, heartbeatMs: 500, readPauseMs: 20 },
      ...given.config,
    },
    version: '0.0.0-test',
    health: async () => ({ ok: true, database: 'embedded', checks: [] }),
    ...given.deps,
  });
  await app.ready();

  const people = {} as Record<PersonName, SignedIn>;
  for (const name of given.people ?? ['admin']) {
    const email = `${name}@example.com`;
    const { userId } = await credentials.createUser({ email, name, password: PASSWORD });
    people[name] = await signInAs(app, email, PASSWORD);
    memberships.set(userId, {
      company: name === 'stranger' ? 'other' : 'acme',
      role: name === 'stranger' || name === 'disabled' ? 'admin' : name,
      disabled: name === 'disabled',
    });
  }
  return {
    app,
    auth,
    credentials,
    db,
    people,
    memberships,
    calls,
    answers,
    uploads,
    raw,
    emit: (companyId, change) => {
      for (const entry of listeners) if (entry.companyId === companyId) entry.listener(change);
    },
    listenerCount: () => listeners.size,
    signIn: (email, password = PASSWORD) => signInAs(app, email, password),
    async close() {
      await app.close();
      if (given.db === undefined) await db.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
