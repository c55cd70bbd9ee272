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
  type Service,
} from '@planwright/app';
import {
  type CellValue,
  PAGE_LIMIT_MAX,
  type Proposal,
  type TargetName,
  targetOf,
} from '@planwright/contracts';
import { csvText, type SheetColumn, workbookFile } from '@planwright/files';
import type { CsvDownload, RawHandlers } from '@planwright/http';
import { bucketLabel } from '@planwright/time';

export type DownloadDeps = {
  readonly dataDir: string;
  readonly imports: ImportReader;
  readonly storedRows: RowReader;
  readonly plan: PlanReader;
  readonly listProposals: Service<'listProposals'>;
};

/** Files to save. All text is CSV whose cells cannot run as formulas. */
export function downloads(
  deps: DownloadDeps,
): Pick<RawHandlers, 'downloadRejects' | 'exportRows' | 'exportDemand' | 'exportProposals'> {
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
    async exportProposals(member, status, format) {
      const fileName = `${member.company}-${status ?? 'all'}-proposals.${format}`;
      const pages = proposalPages(deps, member, status);
      return format === 'csv'
        ? { fileName, text: proposalText(pages) }
        : { fileName, workbook: await proposalWorkbook(pages) };
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

type ProposalColumn = SheetColumn & { readonly name: keyof Proposal };

/** The columns of both forms: CSV has the names of the API in its header, a workbook titles for people. */
const PROPOSAL_COLUMNS = [
  { name: 'number', title: 'Number', kind: 'text', width: 12 },
  { name: 'status', title: 'State', kind: 'text', width: 11 },
  { name: 'kind', title: 'Act', kind: 'text', width: 11 },
  { name: 'item', title: 'Item', kind: 'text', width: 16 },
  { name: 'itemName', title: 'Name', kind: 'text', width: 32 },
  { name: 'location', title: 'Location', kind: 'text', width: 12 },
  { name: 'from', title: 'From', kind: 'text', width: 24 },
  { name: 'startOn', title: 'Start', kind: 'day', width: 12 },
  { name: 'dueOn', title: 'Due', kind: 'day', width: 12 },
  { name: 'quantity', title: 'Quantity', kind: 'number', width: 12 },
  { name: 'unit', title: 'Unit', kind: 'text', width: 7 },
  { name: 'value', title: 'Value', kind: 'number', width: 14 },
  { name: 'addedValue', title: 'Of that spent', kind: 'number', width: 14 },
  { name: 'order', title: 'Open order', kind: 'text', width: 14 },
  { name: 'orderDueOn', title: 'Due now', kind: 'day', width: 12 },
  { name: 'riskLevel', title: 'Risk of the supplier', kind: 'text', width: 18 },
  { name: 'reason', title: 'Why', kind: 'text', width: 80 },
  { name: 'releasedBy', title: 'Released by', kind: 'text', width: 18 },
  { name: 'releasedAt', title: 'Released at', kind: 'text', width: 26 },
] as const satisfies readonly ProposalColumn[];

const proposalCells = (row: Proposal): CellValue[] => PROPOSAL_COLUMNS.map(({ name }) => row[name]);

/** The list as the API gives it, page by page. */
async function* proposalPages(
  { listProposals }: DownloadDeps,
  member: Member,
  status: Proposal['status'] | null,
): AsyncGenerator<{ readonly items: readonly Proposal[]; readonly currency: string }> {
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE_LIMIT_MAX, cursor, ...(status === null ? {} : { status }) };
    const params = { company: member.company };
    const page = await listProposals(member, { params, query, body: undefined });
    yield page;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

type ProposalPages = ReturnType<typeof proposalPages>;

async function* proposalText(pages: ProposalPages): AsyncGenerator<string> {
  yield csvText([PROPOSAL_COLUMNS.map(({ name }) => name)]);
  for await (const { items } of pages) yield csvText(items.map(proposalCells));
}

async function proposalWorkbook(pages: ProposalPages): Promise<Uint8Array> {
  const rows: CellValue[][] = [];
  let currency = '';
  for await (const page of pages) {
    ({ currency } = page);
    for (const row of page.items) rows.push(proposalCells(row));
  }
  const columns = PROPOSAL_COLUMNS.map(({ name, title, kind, width }) => ({
    title: name === 'value' || name === 'addedValue' ? `${title}, ${currency}` : title,
    kind,
    width,
  }));
  return workbookFile('Proposals', columns, rows);
}
