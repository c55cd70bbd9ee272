// Imports many rows and kills itself, as hard as possible, at the named point.
import { createImport, executeImport, type RowStore } from '@planwright/app';
import { openDatabase } from '../../src/open-database.ts';
import { batchOf, createTestCompany, dataDeps, smallCompany, sourceOf } from '../company-fixture.ts';
import { emptyArchive } from '../empty-archive.ts';

const [place, point] = process.argv.slice(2);
const db = await openDatabase(
  place.includes('://') ? { url: place } : { dataDir: place, archive: await emptyArchive() },
);
const deps = dataDeps(db);
const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

const member = await createTestCompany(db, 'victim');
await executeImport(deps, member, await createImport(deps, member, { name: 'Kept', files: [] }), async () =>
  sourceOf(smallCompany(50)),
);
const importId = await createImport(deps, member, { name: 'Killed', files: [] });
process.send?.({ importId });

const rows = Array.from({ length: 600 }, (_, i) => ({ code: `N${i}`, name: 'x' }));
const source = sourceOf({ ...smallCompany(60), item_group: [{ code: 'G1', name: 'Changed' }] });
let merges = 0;
const transact: typeof deps.transact = (work) =>
  deps.transact(async (tx) => {
    const mergeChunk: RowStore['mergeChunk'] = async (...given) => {
      const counts = await tx.rows.mergeChunk(...given);
      merges += 1;
      if (point === 'merging' && merges === 3) die();
      return counts;
    };
    const setStored: typeof tx.imports.setStored = async (id) => {
      await tx.imports.setStored(id);
      if (point === 'before-commit') die();
    };
    return work({ ...tx, rows: { ...tx.rows, mergeChunk }, imports: { ...tx.imports, setStored } });
  });
const read = async () => {
  if (point === 'reading') die();
  return {
    ...source,
    async *batches() {
      for await (const batch of source.batches()) {
        yield batch;
        if (point === 'staging') die();
      }
      // Batches of their own, so that storing takes several steps.
      for (let start = 0; start < rows.length; start += 200) {
        yield batchOf('item_group', rows.slice(start, start + 200));
      }
    },
  };
};
if (point === 'queued') die();
await executeImport({ ...deps, transact }, member, importId, read);
if (point === 'after-commit') die();
process.exit(4);
