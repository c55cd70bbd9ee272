export { type Config, ConfigError, PROGRAM_FOLDER, readConfig } from './config.ts';
export { readServerFile, type ServerFile } from './private-files.ts';
export { type RunningServer, type StartOptions, startServer } from './start-server.ts';
