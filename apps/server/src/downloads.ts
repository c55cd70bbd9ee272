import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  exportRows,
  type ImportReader,
  type Member,
  PlanningError,
  type PlanReader,
  type RowReader,
  runInView,
} from '@planwright/app';
import { type CellValue, type TargetName, targetOf } from '@planwright/contracts';
import { csvText } from '@planwright/files';
import type { CsvDownload, RawHandlers } from '@planwright/http';
import { bucketLabel } from '@planwright/time';

export type DownloadDeps = {
  readonly dataDir: string;
  readonly imports: ImportReader;
  readonly storedRows: RowReader;
  readonly plan: PlanReader;
};

/** Files to save. All text is CSV whose cells cannot run as formulas. */
export function downloads(
  deps: DownloadDeps,
): Pick<RawHandlers, 'downloadRejects' | 'exportRows' | 'exportDemand'> {
  return {
    downloadRejects: (member, importId, target) => rejects(deps, member, importId, target),
    exportRows: async (member, target) => ({
      fileName: `${member.company}-${target}.csv`,
      text: rowText(deps, member, target),
    }),
    async exportDemand(member) {
      const run = await runInView(deps.plan, member, {});
      return { fileName: `${member.company}-demand.csv`, text: demandText(deps.plan, run) };
    },
  };
}

async function rejects(
  deps: DownloadDeps,
  member: Member,
  importId: string,
  target: TargetName | null,
): Promise<CsvDownload> {
  await deps.imports.get(member.companyId, importId);
  const files = (await deps.imports.rejectsFiles(importId)).filter(
    (file) => target === null || file.target === target,
  );
  const paths = files.map((file) => join(deps.dataDir, file.path)).filter((path) => existsSync(path));
  if (paths.length === 0)
    throw new PlanningError('NOT_FOUND', { what: 'file of rejected rows of import', id: importId });
  const fileName = target === null ? `rejects-${importId}.csv` : `rejects-${target}.csv`;
  return { fileName, text: textOf(paths) };
}

async function* textOf(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    for await (const piece of createReadStream(path, { encoding: 'utf8' })) yield piece as string;
  }
}

async function* rowText(deps: DownloadDeps, member: Member, target: TargetName): AsyncGenerator<string> {
  const names = targetOf(target).columns.map((column) => column.name);
  yield csvText([names]);
  for await (const rows of exportRows(deps, member, target)) {
    yield csvText(rows.map((row) => names.map((name) => row[name] ?? null)));
  }
}

const DEMAND_PAGE = 500;

/** One line a stream, bucket and measure, in the order of items. */
async function* demandText(
  plan: PlanReader,
  run: Awaited<ReturnType<typeof runInView>>,
): AsyncGenerator<string> {
  yield csvText([['item', 'location', 'channel', 'bucket', 'measure', 'value']]);
  let after: readonly (string | number)[] | undefined;
  for (;;) {
    const { rows } = await plan.demandKeys(run.runId, { group: '' }, 'item', { after, limit: DEMAND_PAGE });
    const page = rows.slice(0, DEMAND_PAGE);
    for (const { keyId, item, location, channel } of page) {
      const series = await plan.series(run.runId, keyId);
      const lines: CellValue[][] = [];
      for (const [measure, first] of [
        ['actual', 0],
        ['baseline', run.historyBuckets],
        ['consensus', run.historyBuckets],
      ] as const) {
        (series.get(measure) ?? []).forEach((value, index) => {
          if (!Number.isNaN(value))
            lines.push([item, location, channel, bucketLabel(run.calendar, first + index), measure, value]);
        });
      }
      yield csvText(lines);
    }
    const last = page.at(-1);
    if (rows.length <= DEMAND_PAGE || last === undefined) return;
    after = [last.item, last.location, last.channel, last.keyId];
  }
}
