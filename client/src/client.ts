import { type ClientOptions, createConnection } from './connection.ts';
import { createEvents, type Events } from './events.ts';
import { createFiles, type Files } from './files.ts';
import { createOperations, type Operations } from './operations.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

/** Everything the server does, typed: for the page, the command line, tests and scripts of users. */
export type Client = Operations & Files & Events & SignIn;

/**
 * A client of one server. Every method throws an ApiError where the server refuses or cannot be reached.
 *
 * @example
 * const client = createClient({ baseUrl: 'http://localhost:3000', token });
 * const run = await client.startRun({ params: { company: 'acme' }, body: { seed: 42 } });
 * for await (const state of client.runEvents({ params: { company: 'acme', runId: run.id } })) show(state);
 */
export function createClient(options: ClientOptions): Client {
  const connection = createConnection(options);
  return {
    ...createOperations(connection),
    ...createFiles(connection),
    ...createEvents(connection),
    ...createSignIn(connection),
  };
}
