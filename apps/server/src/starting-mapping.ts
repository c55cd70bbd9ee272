import { TARGETS, type Target } from '@planwright/contracts';
import type { SourcePreview } from '@planwright/files';

/** Share of a target's required columns that must be found by name before it is proposed. */
const REQUIRED_SHARE = 0.5;

/** `Lead time (days)`, `lead_time_days` and `leadTimeDays` are the same name. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * A mapping to start from, as YAML: each file fills the target whose column names it shows most of. Columns that
 * are not found by name are left as comments with what they mean, for a person to fill in.
 */
export function startingMapping(sources: readonly Pick<SourcePreview, 'name' | 'columns'>[]): string {
  const named = sources.map((source, index) => ({ ...source, id: sourceId(source.name, index) }));
  const blocks = named.flatMap((source) => {
    const target = bestTarget(source.columns);
    return target === undefined ? [] : [blockText(source.id, source.columns, target)];
  });
  const files = named.map(({ id, name }) => `  ${id}: { file: ${JSON.stringify(name)} }`);
  const targets = blocks.length === 0 ? ['targets: {}'] : ['targets:', ...blocks];
  return ['version: 1', 'sources:', ...files, ...targets, ''].join('\n');
}

function sourceId(name: string, index: number): string {
  const stem = name.split('/').at(-1)!.split('.')[0]!;
  const letters = stem.replaceAll(/\W/g, '_').slice(0, 50);
  return /^[A-Za-z_]/.test(letters) ? letters : `source_${index + 1}`;
}

function bestTarget(columns: readonly string[]): Target | undefined {
  const given = new Set(columns.map(plain));
  const scored = TARGETS.map((target) => {
    const required = target.columns.filter((column) => column.required === true);
    const found = required.filter((column) => given.has(plain(column.name))).length;
    const all = target.columns.filter((column) => given.has(plain(column.name))).length;
    return { target, share: found / required.length, all };
  }).filter(({ share, all }) => share >= REQUIRED_SHARE && all > 1);
  return scored.sort((a, b) => b.share - a.share || b.all - a.all)[0]?.target;
}

function blockText(source: string, columns: readonly string[], target: Target): string {
  const byName = new Map(columns.map((column) => [plain(column), column]));
  const lines = target.columns.map((column) => {
    const given = byName.get(plain(column.name));
    if (given !== undefined) return `      ${column.name}: ${JSON.stringify(quoted(given))}`;
    return `      # ${column.name}: ${column.about}${column.required === true ? ' Required.' : ''}`;
  });
  return [`  ${target.name}:`, `    from: ${source}`, '    columns:', ...lines].join('\n');
}

/** A column name as an expression; one that is not a plain word needs quotation marks. */
function quoted(column: string): string {
  return /^[A-Za-z_]\w*$/.test(column) ? column : `"${column.replaceAll('"', '""')}"`;
}
