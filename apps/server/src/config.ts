import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { SETTINGS, type SettingName } from './settings.ts';

/** Folder of the program itself: three above this file. */
export const PROGRAM_FOLDER = dirname(dirname(dirname(import.meta.dirname)));

const WORKERS_MAX = 8;

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly baseUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly demo: 'S' | 'M' | 'L' | 'off';
  readonly workers: number;
  readonly secret: string | undefined;
  readonly metricsToken: string | undefined;
  readonly trustProxy: boolean;
  readonly backupHours: number;
  readonly privateWebhooks: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';
};

/** A setting that cannot be used. The text names the setting, its value and what would do. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
    this.name = 'ConfigError';
  }
}

const whole = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `must be from ${minimum} to ${maximum}`);

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );

const SCHEMA = {
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PLANWRIGHT_BASE_URL: url(['http:', 'https:']).optional(),
  PLANWRIGHT_DATA_DIR: z.string().min(1).default(join(PROGRAM_FOLDER, '.planwright')),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  PLANWRIGHT_DEMO: z.enum(['S', 'M', 'L', 'off'], 'must be S, M, L or off').default('M'),
  PLANWRIGHT_WORKERS: whole(1, 64).default(Math.min(availableParallelism(), WORKERS_MAX)),
  PLANWRIGHT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  PLANWRIGHT_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  PLANWRIGHT_TRUST_PROXY: z.enum(['true', 'false'], 'must be true or false').default('false'),
  PLANWRIGHT_BACKUP_HOURS: whole(0, 8760).default(24),
  PLANWRIGHT_PRIVATE_WEBHOOKS: z.enum(['true', 'false'], 'must be true or false').default('false'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace'],
      'must be fatal, error, warn, info, debug or trace',
    )
    .default('warn'),
} as const satisfies Record<SettingName, z.ZodType>;

/** Names whose value must not be printed back. */
const SECRETS: readonly SettingName[] = ['PLANWRIGHT_SECRET', 'PLANWRIGHT_METRICS_TOKEN', 'DATABASE_URL'];

/**
 * Reads the settings from the environment. An empty value counts as not given. Names that begin with
 * PLANWRIGHT_ and are not settings are refused: a misspelt setting must not be ignored.
 *
 * @throws ConfigError naming every setting that is wrong, at once.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const known = new Set<string>(SETTINGS.map((setting) => setting.name));
  const tolerated = new Set(['PLANWRIGHT_SHARED_DATA', 'PLANWRIGHT_URL', 'PLANWRIGHT_TOKEN']);
  const problems = Object.keys(environment)
    .filter((name) => name.startsWith('PLANWRIGHT_') && !known.has(name) && !tolerated.has(name))
    .map((name) => `${name} is not a setting. Maybe you meant one of ${[...known].join(', ')}.`);

  const values = {} as { -readonly [N in SettingName]: z.output<(typeof SCHEMA)[N]> };
  for (const { name } of SETTINGS) {
    const given = environment[name] === '' ? undefined : environment[name];
    const parsed = SCHEMA[name].safeParse(given);
    if (parsed.success) Object.assign(values, { [name]: parsed.data });
    else {
      const shown = SECRETS.includes(name) ? '' : ` (it is "${given}")`;
      problems.push(`${name} ${parsed.error.issues[0]!.message}${shown}.`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    port: values.PORT,
    host: values.HOST,
    baseUrl: (values.PLANWRIGHT_BASE_URL ?? `http://localhost:${values.PORT}`).replace(/\/$/, ''),
    dataDir: resolve(values.PLANWRIGHT_DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    demo: values.PLANWRIGHT_DEMO,
    workers: values.PLANWRIGHT_WORKERS,
    secret: values.PLANWRIGHT_SECRET,
    metricsToken: values.PLANWRIGHT_METRICS_TOKEN,
    trustProxy: values.PLANWRIGHT_TRUST_PROXY === 'true',
    backupHours: values.PLANWRIGHT_BACKUP_HOURS,
    privateWebhooks: values.PLANWRIGHT_PRIVATE_WEBHOOKS === 'true',
    logLevel: values.LOG_LEVEL,
  };
}
