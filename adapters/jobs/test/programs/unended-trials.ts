/** A program that tries out an edit, ends nothing, and has nothing else to do. */
import { createWhatIfThread } from '@planwright/jobs';
import { readsOfNothing } from './reads-of-nothing.ts';

const thread = createWhatIfThread(readsOfNothing(), new URL('./dying-trials.ts', import.meta.url));
const edit = { kind: 'safetyStock', item: 'A', location: 'L', quantity: 1 } as const;
const { sentence } = await thread.tryOut({ runId: 'r1', horizonBuckets: 1 } as never, [edit]);
process.stdout.write(`answered by thread ${sentence}`);
