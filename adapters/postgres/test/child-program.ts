import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Child<Message> = {
  readonly process: ChildProcess;
  /** The next message, or undefined when the program ended without one. */
  next(): Promise<Message | undefined>;
  /** Resolves with the signal or the exit code. */
  readonly ended: Promise<string | number | null>;
  kill(): Promise<void>;
};

/** Starts a program of `test/programs` as a real process of its own. */
export function startProgram<Message>(name: string, ...given: string[]): Child<Message> {
  const path = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  const child = fork(path, given, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<string | number | null>((resolve) => {
    child.on('exit', (code, signal) => {
      if (signal === null && code !== 0 && code !== 3) process.stderr.write(errors);
      resolve(signal ?? code);
    });
  });
  const waiting: ((message: Message | undefined) => void)[] = [];
  const arrived: Message[] = [];
  child.on('message', (message: Message) => {
    const wait = waiting.shift();
    if (wait === undefined) arrived.push(message);
    else wait(message);
  });
  void ended.then(() => {
    for (const wait of waiting.splice(0)) wait(undefined);
  });
  return {
    process: child,
    ended,
    next() {
      const message = arrived.shift();
      if (message !== undefined) return Promise.resolve(message);
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(undefined);
      return new Promise((resolve) => waiting.push(resolve));
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
