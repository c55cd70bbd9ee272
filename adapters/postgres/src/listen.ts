import pg from 'pg';

const RECONNECT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Listens on a channel of a PostgreSQL server for as long as the process lives, and connects again whenever
 * the connection is lost. Notifications sent meanwhile are missed: listeners only use them to read again.
 */
export function listenOn(
  url: string,
  channel: string,
  deliver: (payload: string) => void,
): { stop(): Promise<void> } {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const retry = (): void => {
    if (isStopped || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, RECONNECT_MS);
    timer.unref();
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'planwright listener',
      keepAlive: true,
    });
    client = next;
    next.on('error', () => undefined); // `end` follows, and reconnects.
    next.on('end', retry);
    next.on('notification', (message) => deliver(message.payload ?? ''));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
    } catch {
      await next.end().catch(() => undefined);
      retry();
    }
  };

  const started = connect();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await started;
      await client?.end().catch(() => undefined);
    },
  };
}
