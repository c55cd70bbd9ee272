import { type Client, createClient } from '@planwright/client';
import { type Config, readConfig, readServerFile, startServer } from '@planwright/server';
import type { Terminal } from './terminal.ts';

/** A way to the company's data, to be closed after use. */
export type ServerAccess = {
  readonly client: Client;
  readonly url: string;
  /** True where this process serves for as long as the command lasts. */
  readonly own: boolean;
  close(): Promise<void>;
};

const PROBE_MS = 2_000;

/**
 * Reaches the data: the server named by PLANWRIGHT_URL and PLANWRIGHT_TOKEN; else the one that runs on this data folder; else
 * this process opens the folder itself and serves on a port of its own until the command ends.
 *
 * @throws FolderInUseError where another process holds the folder and does not answer.
 */
export async function reachServer(activity: string, terminal: Terminal): Promise<ServerAccess> {
  const config = readConfig(process.env);
  const { PLANWRIGHT_URL, PLANWRIGHT_TOKEN } = process.env;
  if (PLANWRIGHT_URL !== undefined && PLANWRIGHT_URL !== '') {
    return remote(PLANWRIGHT_URL, PLANWRIGHT_TOKEN);
  }
  const running = await runningServer(config);
  if (running !== undefined) return running;
  terminal.progress('opening the data folder');
  const server = await startServer(
    { ...config, port: 0, host: '127.0.0.1', demo: 'off' },
    { activity, onProgress: (text) => terminal.progress(text), servePage: false },
  );
  return {
    client: createClient({ baseUrl: server.url, token: server.token }),
    url: server.url,
    own: true,
    close: () => server.close(),
  };
}

function remote(url: string, token: string | undefined): ServerAccess {
  const client = createClient(token === undefined ? { baseUrl: url } : { baseUrl: url, token });
  return { client, url, own: false, close: async () => undefined };
}

/** The server that says it serves the data folder, if it answers. */
export async function runningServer(config: Config): Promise<ServerAccess | undefined> {
  const file = readServerFile(config.dataDir);
  if (file === undefined) return undefined;
  try {
    const answer = await fetch(`${file.url}/health`, { signal: AbortSignal.timeout(PROBE_MS) });
    if (answer.status !== 200 && answer.status !== 503) return undefined;
  } catch {
    return undefined;
  }
  return remote(file.url, file.token);
}
