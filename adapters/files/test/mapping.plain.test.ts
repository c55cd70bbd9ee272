import { describe, expect, test } from 'vitest';
import { readMapping } from '@planwright/files';

const SOUND = `
version: 1
company: { name: Acme, currency: EUR, calendar: iso-week, fiscalYearStartMonth: 4, asOf: 2026-01-05 }
sources:
  stock: { file: 'stock-*.csv', delimiter: ';', encoding: windows-1252, decimal: ',' }
  book: { file: book.xlsx, sheet: Data, header: 3 }
targets:
  on_hand:
    from: stock
    joins: [{ source: book, on: { Item: Nr } }, { source: book, as: again, kind: left, on: { Item: Nr } }]
    where: Quantity IS NOT NULL
    mode: replace
    onDuplicate: sum
    columns: { item: Item, location: "'L'", quantity: 7 }
`;

const problems = (text: string): readonly string[] => {
  const reading = readMapping(text);
  return 'issues' in reading ? reading.issues.map((issue) => issue.code) : [];
};
const message = (text: string): string => {
  const reading = readMapping(text);
  return 'issues' in reading ? reading.issues.map((issue) => issue.message).join('\n') : '';
};

describe('a mapping is read', () => {
  test('with every kind of entry', () => {
    const reading = readMapping(SOUND);
    expect('mapping' in reading && reading.mapping).toMatchObject({
      version: 1,
      company: { currency: 'EUR', fiscalYearStartMonth: 4, asOf: '2026-01-05' },
      targets: { on_hand: [{ mode: 'replace', onDuplicate: 'sum', columns: { quantity: '7' } }] },
    });
  });

  test('with a few anchors', () => {
    const text = 'version: 1\nsources: { a: &s { file: a.csv }, b: *s }\ntargets: {}\n';
    expect(problems(text)).toEqual([]);
  });
});

const BAD: readonly (readonly [string, string, string])[] = [
  ['no YAML', 'version: [1', 'MAPPING_NOT_YAML'],
  ['nothing', '', 'MAPPING_INVALID'],
  ['a list', '- 1', 'MAPPING_INVALID'],
  ['a scalar', 'hello', 'MAPPING_INVALID'],
  ['two documents', 'version: 1\n---\nversion: 1\n', 'MAPPING_NOT_YAML'],
  ['a later version', SOUND.replace('version: 1', 'version: 99'), 'MAPPING_INVALID'],
  ['a key twice', `${SOUND}version: 1\n`, 'MAPPING_NOT_YAML'],
  ['an unknown key', `${SOUND}colour: red\n`, 'MAPPING_INVALID'],
  ['a mistyped key in a block', SOUND.replace('where:', 'were:'), 'MAPPING_INVALID'],
  ['an unknown target', SOUND.replace('on_hand:', 'stock:'), 'MAPPING_INVALID'],
  ['an unknown mode', SOUND.replace('replace', 'truncate'), 'MAPPING_INVALID'],
  ['a delimiter of two signs', SOUND.replace("';'", "';;'"), 'MAPPING_INVALID'],
  ['a currency that is none', SOUND.replace('EUR', 'Euro'), 'MAPPING_INVALID'],
  ['a day that is none', SOUND.replace('2026-01-05', '2026-02-30'), 'MAPPING_INVALID'],
  ['a list where a text belongs', SOUND.replace('from: stock', 'from: [stock]'), 'MAPPING_INVALID'],
  ['an object where a text belongs', SOUND.replace('from: stock', 'from: { select: 1 }'), 'MAPPING_INVALID'],
  ['a source name with signs', SOUND.replace('stock: { file', '"stock; drop": { file'), 'MAPPING_INVALID'],
  ['a script tag', 'version: !!js/function "function () { return 1 }"\n', 'MAPPING_NOT_YAML'],
  ['a Python tag', 'version: !!python/object/apply:os.system ["id"]\n', 'MAPPING_NOT_YAML'],
  ['an own tag', 'version: !own 1\n', 'MAPPING_NOT_YAML'],
  ['a prototype', 'version: 1\n__proto__: { admin: true }\n', 'MAPPING_UNSAFE'],
  [
    'a merged prototype',
    'version: 1\nsources: { a: { <<: { __proto__: { admin: true } }, file: a.csv } }\ntargets: {}\n',
    'MAPPING_UNSAFE',
  ],
  ['a constructor', 'version: 1\nsources: { constructor: { file: a.csv } }\ntargets: {}\n', 'MAPPING_UNSAFE'],
  [
    'a merge key',
    'version: 1\nx: &x { file: a.csv }\nsources: { a: { <<: *x } }\ntargets: {}\n',
    'MAPPING_UNSAFE',
  ],
  ['an alias bomb', aliasBomb(), 'MAPPING_NOT_YAML'],
  ['hundreds of aliases', `version: 1\na: &a x\nb: [${'*a, '.repeat(500)}]\n`, 'MAPPING_UNSAFE'],
  ['an alias of itself', 'version: 1\nsources: &s { a: *s }\ntargets: {}\n', 'MAPPING_INVALID'],
  ['brackets nested 100,000 deep', `version: ${'['.repeat(100_000)}`, 'MAPPING_TOO_LARGE'],
  ['lists nested 100,000 deep', `${'- '.repeat(100_000)}1`, 'MAPPING_TOO_LARGE'],
  [
    'keys nested 500 deep',
    Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'),
    'MAPPING_UNSAFE',
  ],
  ['a megabyte of text', `version: 1\n# ${'x'.repeat(1_000_000)}`, 'MAPPING_TOO_LARGE'],
  [
    'an expression of 3,000 letters',
    SOUND.replace('item: Item', `item: ${'x'.repeat(3_000)}`),
    'MAPPING_INVALID',
  ],
];

describe('a mapping is refused', () => {
  test.each(BAD)('that is or has %s', (_, text, code) => {
    expect(problems(text)).toContain(code);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test('with the place and the name of what is wrong', () => {
    expect(message(SOUND.replace('where:', 'were:'))).toContain('targets.on_hand');
    expect(message('version: 1\nsources: {\n')).toMatch(/line \d+, column \d+/);
  });
});

function aliasBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 10; i++)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
  return `version: 1\n${lines.join('\n')}\n`;
}
