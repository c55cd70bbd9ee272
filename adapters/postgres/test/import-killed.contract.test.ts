import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createImport, executeImport, getImport, recoverImports } from '@planwright/app';
import { describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '../src/index.ts';
import { startProgram } from './child-program.ts';
import { dataDeps, hashOfData, smallCompany, sourceOf } from './company-fixture.ts';
import { createServerDatabase, databasesUnderTest } from './databases.ts';

type Place = { readonly address: string; open(): Promise<Db>; drop(): Promise<void> };

const places: Record<string, () => Promise<Place>> = {
  PGlite: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'planwright-killed-'));
    return {
      address: folder,
      open: () => openDatabase({ dataDir: folder }),
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
  PostgreSQL: async () => {
    const { url, drop } = await createServerDatabase();
    return { address: url, open: () => openDatabase({ url }), drop };
  },
};

describe.each(await databasesUnderTest())('an import killed with -9 on $name', ({ name }) => {
  test.each(['queued', 'reading', 'staging', 'merging', 'before-commit', 'after-commit'])(
    'while %s',
    async (point) => {
      const place = await places[name]();
      const child = startProgram<{ importId: string }>('die-in-import', place.address, point);
      const importId = (await child.next())?.importId ?? '';
      expect(await child.ended).toBe('SIGKILL');

      const db = await place.open();
      const deps = dataDeps(db);
      const isStored = point === 'after-commit';
      // A database server takes a moment to notice that a client is dead; until then its import may yet end, and recovery, which
      // runs now and then, leaves it alone.
      const recovered: string[] = [];
      const recover = async (): Promise<string[]> => {
        recovered.push(...(await recoverImports(deps)));
        return recovered;
      };
      await expect.poll(recover, { timeout: 20_000 }).toEqual(isStored ? [] : [importId]);
      await deps.dropOrphanedStaging();
      const company = await db.kysely.selectFrom('company').selectAll().executeTakeFirstOrThrow();
      const groups = await db.kysely
        .selectFrom('item_group')
        .select(['code', 'name'])
        .orderBy('code')
        .execute();
      const lines = await db.kysely.selectFrom('sales_order_line').select('line').execute();
      expect(groups).toHaveLength(isStored ? 601 : 1);
      expect(groups[0]).toEqual({ code: 'G1', name: isStored ? 'Changed' : 'Bikes' });
      expect(lines).toHaveLength(isStored ? 60 : 50);
      expect((await db.executeSql("select 1 from pg_tables where schemaname = 'staging'")).rows).toEqual([]);

      const { companyId, ...person } = {
        companyId: company.id,
        company: company.slug,
        userId: 'user-victim',
        name: 'Ada Planner',
        email: 'victim@example.com',
        role: 'admin' as const,
      };
      const member = { companyId, ...person };
      const shown = await getImport(deps)(member, {
        params: { company: company.slug, importId },
        query: {},
        body: undefined,
      });
      expect(shown.status).toBe(isStored ? 'done' : 'failed');
      expect(shown.failure ?? 'stored').toContain(
        isStored ? 'stored' : 'Nothing of it was stored; start it again.',
      );

      // The same files again, and all is as if nothing had happened.
      const again = await createImport(deps, member, { name: 'Again', files: [] });
      expect(await executeImport(deps, member, again, async () => sourceOf(smallCompany(50)))).toBe('done');
      expect((await hashOfData(db, companyId)).sales_order_line).toMatch(isStored ? /^60:/ : /^50:/);
      await db.close();
      await place.drop();
    },
  );
});
