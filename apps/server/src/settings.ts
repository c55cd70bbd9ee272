/**
 * Every setting of the program: the one place where they are named, explained, checked and given defaults.
 * `planwright doctor` and docs/configuration.md print this list.
 */
export type Setting = {
  readonly name: string;
  readonly about: string;
  /** As shown to people; the parser below applies it. */
  readonly fallback: string;
};

export const SETTINGS = [
  { name: 'PORT', about: 'Port of the page and the API, 0 for any free one.', fallback: '3000' },
  {
    name: 'HOST',
    about: 'Address to listen on. 0.0.0.0 opens it to the network: put TLS in front.',
    fallback: '127.0.0.1',
  },
  {
    name: 'PLANWRIGHT_BASE_URL',
    about: 'Address that people type, such as https://plan.example.com.',
    fallback: 'http://localhost:PORT',
  },
  {
    name: 'PLANWRIGHT_DATA_DIR',
    about: 'Folder of the embedded database, uploads and backups.',
    fallback: '.planwright beside the program',
  },
  {
    name: 'DATABASE_URL',
    about: 'A PostgreSQL 15+ server to use instead of the embedded database.',
    fallback: 'none',
  },
  { name: 'PLANWRIGHT_DEMO', about: 'Demo company made on first start: S, M, L or off.', fallback: 'M' },
  {
    name: 'PLANWRIGHT_WORKERS',
    about: 'Worker threads of plan runs.',
    fallback: 'one for each core, 8 at most',
  },
  {
    name: 'PLANWRIGHT_SECRET',
    about: 'At least 32 characters that sign sessions; made and kept in the data folder where missing.',
    fallback: 'made on first start',
  },
  {
    name: 'PLANWRIGHT_METRICS_TOKEN',
    about: 'Bearer token for /metrics from other machines; without it only this machine may read them.',
    fallback: 'none',
  },
  {
    name: 'PLANWRIGHT_TRUST_PROXY',
    about: 'true where a proxy in front sets X-Forwarded-For.',
    fallback: 'false',
  },
  {
    name: 'PLANWRIGHT_BACKUP_HOURS',
    about: 'Hours between backups of the embedded database; 0 for none.',
    fallback: '24',
  },
  {
    name: 'PLANWRIGHT_PRIVATE_WEBHOOKS',
    about: 'true where webhooks may call addresses of a private network, and plain http.',
    fallback: 'false',
  },
  { name: 'LOG_LEVEL', about: 'fatal, error, warn, info, debug or trace.', fallback: 'warn' },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
