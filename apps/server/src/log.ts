import { destination, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** One JSON line an event on standard error. Secrets never get that far: these paths are blotted out as a second wall. */
export function createLog(level: Config['logLevel']): Logger {
  const options = {
    level,
    redact: [
      '*.password',
      '*.token',
      '*.secret',
      'req.headers.authorization',
      'req.headers.cookie',
      'headers.authorization',
      'headers.cookie',
    ],
  };
  return pino(options, destination({ fd: 2, sync: true }));
}
