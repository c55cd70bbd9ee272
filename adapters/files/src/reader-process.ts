/**
 * Entry of the reader process: the only process that opens files of strangers.
 *
 * It gets one job, answers it and ends. It is started with little memory, without the environment of the
 * server and, where the system allows, without a network; the process that started it ends it on any excess.
 */
import { previewFiles } from './preview-files.ts';
import { readFiles } from './read-files.ts';
import type { ReaderJob, ReaderReply } from './reader-messages.ts';

const reply = (message: ReaderReply): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) throw new Error('Broken invariant: the reader is started with a channel');
    process.send(message, () => resolve());
  });

async function answer(job: ReaderJob): Promise<ReaderReply> {
  try {
    if (job.kind === 'preview') return { kind: 'preview', previews: await previewFiles(job) };
    const result = await readFiles(job, (progress) => void reply({ kind: 'progress', progress }));
    return { kind: 'read', result };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Where the server keeps its files is nobody's business.
    const plain = message.replaceAll(job.workFolder, 'work folder').replaceAll(job.folder, 'import folder');
    return { kind: 'failed', message: plain };
  }
}

process.once('message', (job: ReaderJob) => {
  void answer(job)
    .then(reply)
    .then(() => process.exit(0));
});
// A reader whose parent is gone has nobody to read for.
process.once('disconnect', () => process.exit(1));
