import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  addMember,
  changeCompany,
  changeMember,
  createCompany,
  getCompany,
  getMe,
  listAudit,
  listMembers,
  OPTIMUM_JOB,
  recoverImports,
  type Services,
  workOutOptimum,
} from '@planwright/app';
import {
  createAuth,
  createCredentials,
  createHttp,
  ensureFirstAdmin,
  type HttpConfig,
  outgoingPost,
} from '@planwright/http';
import {
  createJobs,
  createRunExecutor,
  createWorkerPool,
  type Jobs,
  readEngineVersion,
} from '@planwright/jobs';
import {
  accessPorts,
  announce,
  companyFactsReader,
  createPlanReader,
  type Db,
  dataPorts,
  openDatabase,
  runWork,
} from '@planwright/postgres';
import { createSolver } from '@planwright/solver';
import { type Config, PROGRAM_FOLDER } from './config.ts';
import { startBackups } from './backups.ts';
import { cycleServices } from './cycle-services.ts';
import { dataServices } from './data-services.ts';
import { downloads } from './downloads.ts';
import { makeDemoCompany, wantsDemo } from './first-start.ts';
import { freePort } from './free-port.ts';
import { healthOf, workCountsOf } from './health.ts';
import { ImportWork } from './import-work.ts';
import { createLog } from './log.ts';
import { type Operator, signInOperator, withOperator } from './operator.ts';
import { planServices } from './plan-services.ts';
import {
  firstSignIn,
  keepFirstSignIn,
  removeServerFile,
  sessionSecret,
  writeServerFile,
} from './private-files.ts';
import { programVersion } from './program-version.ts';
import { startSupplyWork } from './supply-work.ts';
import { StartError } from './start-error.ts';

export type StartOptions = {
  /** What the lock of the data folder tells others. */
  readonly activity: string;
  readonly onProgress: (text: string) => void;
  readonly servePage: boolean;
};

export type RunningServer = {
  readonly url: string;
  /** Bearer token of the operator. */
  readonly token: string;
  /** What to tell whoever started it. */
  readonly welcome: readonly string[];
  close(): Promise<void>;
};

const FIRST_ADMIN = { email: 'admin@planwright.local', name: 'Administrator' };

/**
 * The composition root: settings → database → services → jobs → HTTP, in that order, and back in the other. On the first
 * start of an installation it makes an administrator with a random password and, unless told otherwise, the demo company.
 *
 * @throws FolderInUseError, NewerDatabaseError, StartError.
 */
export async function startServer(given: Config, options: StartOptions): Promise<RunningServer> {
  const port = given.port === 0 ? await freePort(given.host) : given.port;
  const config = given.port === 0 ? { ...given, port, baseUrl: `http://localhost:${port}` } : given;
  mkdirSync(config.dataDir, { recursive: true });
  const log = createLog(config.logLevel);
  const db = await openDatabase(
    config.databaseUrl === undefined
      ? { dataDir: config.dataDir, activity: options.activity }
      : { url: config.databaseUrl },
  );
  const closers: (() => Promise<unknown> | void)[] = [() => db.close()];
  const close = async () => {
    for (const step of closers.splice(0).reverse()) await step();
  };
  try {
    return await compose({ config, options, db, log, closers, close });
  } catch (error) {
    await close();
    throw error;
  }
}

type Composing = {
  readonly config: Config;
  readonly options: StartOptions;
  readonly db: Db;
  readonly log: ReturnType<typeof createLog>;
  readonly closers: (() => Promise<unknown> | void)[];
  readonly close: () => Promise<void>;
};

async function compose(composing: Composing): Promise<RunningServer> {
  const { config, options, db, log, closers, close } = composing;
  const signIn = await openSignIn(composing);
  const engineVersion = await readEngineVersion();
  const jobs = createJobs(db, (error) => log.error(error));
  const data = dataPorts(db);
  const access = accessPorts(db);
  const plans = planServices(db, jobs, engineVersion, { allowPrivateWebhooks: config.privateWebhooks });
  const backups = startBackups(db, config, (error) => log.error(error));
  closers.push(() => backups.stop());
  const services: Services = {
    ...accessServices(access, signIn.credentials, signIn.operator),
    ...dataServices(data),
    ...plans.services,
    ...cycleServices(
      db,
      () => backups.write('approval'),
      (error) => log.error(error),
    ),
  };
  workOutOptimums(composing, jobs, plans.supply);
  await startWork(composing, { jobs, data, engineVersion });
  followSupply(composing, plans.supply);
  await serve(composing, { services, data, access, signIn });
  const owner = await signIn.credentials.findByEmail(FIRST_ADMIN.email);
  if (config.demo !== 'off' && owner !== undefined && (await wantsDemo(access.access))) {
    await makeDemoCompany({ access, data, services, onProgress: options.onProgress }, owner, config.demo);
  }
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${config.port}`;
  db.describe(`${options.activity}, at ${config.baseUrl}`);
  writeServerFile(config.dataDir, { url, token: signIn.operator.token, pid: process.pid });
  closers.push(() => removeServerFile(config.dataDir, process.pid));
  return { url, token: signIn.operator.token, welcome: welcomeOf(config, db), close };
}

type SignIn = Awaited<ReturnType<typeof openSignIn>>;

/** Users and sessions; on the very first start the first administrator, whose password is kept for its owner to read. */
async function openSignIn({ config, db, log, closers }: Composing) {
  const auth = createAuth({
    kysely: db.kysely as unknown as Parameters<typeof createAuth>[0]['kysely'],
    secret: sessionSecret(config.dataDir, config.secret),
    baseUrl: config.baseUrl,
    log: (level, message) => log[level === 'success' ? 'info' : level](message),
  });
  const credentials = createCredentials(auth);
  const firstAdmin = await ensureFirstAdmin(auth, FIRST_ADMIN);
  if (firstAdmin !== undefined) keepFirstSignIn(config.dataDir, firstAdmin.email, firstAdmin.password);
  const operator = await signInOperator(auth, credentials, db.kind === 'pglite');
  closers.push(() => operator.signOut());
  return { auth, credentials, operator };
}

type DataPorts = ReturnType<typeof dataPorts>;

/** What the last process left undone is ended or taken up again; then new work may come. */
async function startWork(
  { config, db, log, closers }: Composing,
  { jobs, data, engineVersion }: { jobs: Jobs; data: DataPorts; engineVersion: string },
): Promise<void> {
  const executor = createRunExecutor({
    work: runWork(db, (tx) => jobs.sendIn(tx)),
    engineVersion,
    jobs,
    announceRun: (companyId, runId) =>
      db.transact((tx) => announce(tx, { companyId, what: 'run', id: runId })),
    onProblem: (error) => log.error(error),
    isAlone: db.kind === 'pglite',
    pool: createWorkerPool({ size: config.workers }),
  });
  await recoverImports(data);
  if (db.kind === 'pglite') await removeLeftovers(config.dataDir);
  await data.dropOrphanedStaging();
  await jobs.start();
  closers.push(
    () => executor.stop(),
    () => jobs.stop(),
  );
  await executor.start();
}

/** Optimal plans in the background, and those that a crash left behind. Before the queue starts. */
function workOutOptimums(
  { log, closers }: Composing,
  jobs: Jobs,
  supply: ReturnType<typeof planServices>['supply'],
): void {
  const solver = createSolver();
  const deps = { ...supply, solve: solver.solve };
  jobs.registerJob(OPTIMUM_JOB, (id, stop) => workOutOptimum(deps, id, stop));
  const leftBehind = new AbortController();
  const takeUp = async (): Promise<void> => {
    for (const id of await supply.optimums.abandoned()) await workOutOptimum(deps, id, leftBehind.signal);
  };
  takeUp().catch((error: Error) => log.error(error));
  closers.push(() => {
    leftBehind.abort();
    return solver.destroy();
  });
}

/** Exceptions, releases by rule and webhooks. */
function followSupply(
  { config, db, log, closers }: Composing,
  supply: ReturnType<typeof planServices>['supply'],
): void {
  const work = startSupplyWork({
    followUp: supply,
    queue: supply.queue,
    send: outgoingPost({ allowPrivate: config.privateWebhooks }),
    companyIds: () => supply.companyIds(),
    subscribe: (listener) => db.subscribe(listener),
    onError: (error) => log.error(error),
  });
  closers.push(
    () => work.stop(),
    () => supply.destroy(),
  );
}

/** Files of imports whose process died. Nobody else works in a folder whose lock we hold. */
async function removeLeftovers(dataDir: string): Promise<void> {
  for (const folder of ['work', 'uploads']) await rm(join(dataDir, folder), { recursive: true, force: true });
}

type Served = {
  readonly services: Services;
  readonly data: DataPorts;
  readonly access: ReturnType<typeof accessPorts>;
  readonly signIn: SignIn;
};

async function serve(
  { config, options, db, log, closers }: Composing,
  { services, data, access, signIn }: Served,
) {
  const importWork = new ImportWork({
    ...data,
    newId: randomUUID,
    dataDir: config.dataDir,
    codesOf: companyFactsReader(db.kysely).codesOf,
    onError: (error) => log.error(error),
  });
  closers.push(() => importWork.close());
  const plan = createPlanReader(db.kysely);
  const app = await createHttp({
    services,
    auth: signIn.auth,
    memberOf: withOperator(signIn.operator.userId, access.access.memberOf, access.access.companyBySlug),
    raw: {
      receiveImport: (member) => importWork.receive(member),
      previewFiles: () => importWork.preview(),
      ...downloads({
        dataDir: config.dataDir,
        imports: data.imports,
        storedRows: data.storedRows,
        plan,
        listProposals: services.listProposals,
      }),
    },
    events: {
      subscribe: (companyId, listener) =>
        db.subscribe((change) => {
          if (change.companyId === companyId) listener({ what: change.what, id: change.id });
        }),
    },
    config: httpConfig(config, options),
    version: programVersion(),
    health: () => healthOf(db),
    workCounts: () => workCountsOf(db),
    logger: log,
  });
  closers.push(() => app.close());
  await listen(app, config);
}

function httpConfig(config: Config, options: StartOptions): HttpConfig {
  const webRoot = join(PROGRAM_FOLDER, 'apps', 'web', 'dist');
  return {
    baseUrl: config.baseUrl,
    ...(options.servePage && existsSync(webRoot) ? { webRoot } : {}),
    trustProxy: config.trustProxy,
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
  };
}

function accessServices(
  ports: ReturnType<typeof accessPorts>,
  credentials: ReturnType<typeof createCredentials>,
  operator: Operator,
) {
  const deps = { ...ports, credentials, isOperator: (userId: string) => userId === operator.userId };
  return {
    getMe: getMe(deps),
    createCompany: createCompany(deps),
    getCompany: getCompany(deps),
    changeCompany: changeCompany(deps),
    listMembers: listMembers(deps),
    addMember: addMember(deps),
    changeMember: changeMember(deps),
    listAudit: listAudit(deps),
  };
}

async function listen(app: Awaited<ReturnType<typeof createHttp>>, config: Config): Promise<void> {
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartError(
        `Port ${config.port} is taken by another program. End that, or choose another: PORT=${config.port + 1} npm start`,
      );
    }
    if (code === 'EACCES')
      throw new StartError(
        `Port ${config.port} may not be used by this user. Choose one above 1023, such as PORT=3000.`,
      );
    throw error;
  }
}

function welcomeOf(config: Config, db: Db): string[] {
  const signIn = firstSignIn(config.dataDir);
  const how =
    signIn === undefined
      ? ['Sign in with the e-mail and password of your administrator.']
      : [
          'Sign in with',
          ...signIn
            .split('\n')
            .slice(0, 2)
            .map((line) => `  ${line}`),
          `  (kept in ${join(config.dataDir, 'first-sign-in.txt')} until you delete it)`,
        ];
  return [
    '',
    `Planwright runs at ${config.baseUrl}`,
    ...how,
    `API: ${config.baseUrl}/api/docs`,
    ...db.notices.map((notice) => `Note: ${notice}`),
    'Stop with Ctrl-C.',
  ];
}
