/**
 * Edits tried out in a thread of their own, so that planning anew holds up no request. The thread is started when it is
 * first needed and keeps the plans of the last runs; what it does not know it is sent. One that dies fails the questions
 * it had, with its reason, and the next question starts another.
 */
import { Worker } from 'node:worker_threads';
import {
  PlanningError,
  readDeskParts,
  type RunHead,
  type SupplyPlanReads,
  type TryOut,
} from '@planwright/app';
import type { FromWhatIf, ToWhatIf } from './what-if-messages.ts';

export type WhatIfThread = {
  readonly tryOut: TryOut;
  /** Lets the thread read a run's plan before anyone asks; a failure is that of the first question. */
  prepare(run: RunHead): void;
  destroy(): Promise<void>;
};

const PROGRAM = new URL('./what-if-worker.ts', import.meta.url);
const ENDED = 'The thread that tries out edits ended.';

/** @param program of the thread; for tests of what a thread can do wrong */
export function createWhatIfThread(reads: SupplyPlanReads, program: URL = PROGRAM): WhatIfThread {
  const thread = new Thread(program);
  const opening = new Map<string, Promise<void>>();
  const open = (run: RunHead): Promise<void> => {
    const { runId } = run;
    const known = opening.get(runId);
    if (known !== undefined) return known;
    const opened = readDeskParts(reads, run)
      .then((parts) => thread.ask({ kind: 'open', runId, parts }))
      .then(() => undefined)
      .finally(() => opening.delete(runId));
    opening.set(runId, opened);
    return opened;
  };
  /** Asks, and tells the thread of the run where it does not know it. */
  const asked = async (run: RunHead, question: Question): Promise<FromWhatIf> => {
    const answer = await thread.ask(question);
    if (answer.kind !== 'unknown') return answer;
    await open(run);
    return thread.ask(question);
  };
  return {
    async tryOut(run, edits) {
      const answer = await asked(run, { kind: 'ask', runId: run.runId, edits });
      if (answer.kind === 'effect') return answer.effect;
      throw new Error(`Trying out edits was answered with “${answer.kind}”.`);
    },
    prepare(run) {
      asked(run, { kind: 'prepare', runId: run.runId }).catch(() => undefined);
    },
    destroy: () => thread.destroy(),
  };
}

type Without<Message, Key extends string> = Message extends unknown ? Omit<Message, Key> : never;
type Question = Without<ToWhatIf, 'id'>;

type Waiting = {
  readonly resolve: (answer: FromWhatIf) => void;
  readonly reject: (reason: Error) => void;
};

class Thread {
  readonly #program: URL;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #nextId = 1;
  #isDestroyed = false;

  constructor(program: URL) {
    this.#program = program;
  }

  /** Rejects with what the thread refused, or why it died. */
  async ask(question: Question): Promise<FromWhatIf> {
    // What was being read for a question when all ended must not start a thread that nobody ends.
    if (this.#isDestroyed) throw new Error(ENDED);
    const id = this.#nextId++;
    this.#worker ??= this.#started();
    const worker = this.#worker;
    worker.ref(); // A program waits for an answer, and is kept alive by nothing but that.
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ ...question, id });
    });
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    await this.#worker?.terminate();
  }

  #started(): Worker {
    const worker = new Worker(this.#program);
    let reason = ENDED;
    worker.on('message', (answer: FromWhatIf) => this.#onAnswer(answer));
    worker.on('error', (error: unknown) => {
      reason = `The thread that tries out edits broke down: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => {
      this.#worker = undefined;
      const given = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { reject } of given) reject(new Error(reason));
    });
    return worker;
  }

  #onAnswer(answer: FromWhatIf): void {
    const asked = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if (answer.kind === 'refused') asked?.reject(refusal(answer));
    else if (answer.kind === 'failed') asked?.reject(new Error(answer.reason));
    else asked?.resolve(answer);
  }
}

/** The refusal as the other side of the border threw it: code and details are all it is made of. */
function refusal({ code, details }: Extract<FromWhatIf, { kind: 'refused' }>): PlanningError {
  const known = PlanningError as new (code: string, details: unknown) => PlanningError;
  return new known(code, details);
}
