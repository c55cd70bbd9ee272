/**
 * Reads a mapping from YAML text that a stranger may have written.
 *
 * The text is small, shallow and plain: no tags, no merge keys, at most 100 aliases, no key twice and none
 * that reaches a prototype. What remains is checked against the schema of the contract.
 */
import { Mapping } from '@planwright/contracts';
import type { Issue } from '@planwright/units';
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { shownValue } from './shown-value.ts';

const TEXT_LIMIT_BYTES = 256 * 1024;
const DEPTH_LIMIT = 50;
const ALIAS_LIMIT = 100;
const NODE_LIMIT = 20_000;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype', '<<']);

export type MappingReading = { readonly mapping: Mapping } | { readonly issues: readonly Issue[] };

/** The mapping in a YAML text, or what is wrong with it. Never throws. */
export function readMapping(text: string): MappingReading {
  const sizeProblem = problemOfSize(text);
  if (sizeProblem !== undefined)
    return refusal('MAPPING_TOO_LARGE', sizeProblem, 'Write a shorter, flatter file.');
  try {
    return readDocument(text);
  } catch (error) {
    // The parser recurses over nested collections: what slips through the check above ends here, not the process.
    const problem = error instanceof Error ? error.message : String(error);
    return refusal(
      'MAPPING_NOT_YAML',
      `The mapping cannot be read: ${shownValue(problem)}.`,
      'Correct the YAML.',
    );
  }
}

function readDocument(text: string): MappingReading {
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    strict: true,
    stringKeys: true,
  });
  const problem = [...document.errors, ...document.warnings][0];
  if (problem !== undefined) {
    const where = problem.linePos?.[0];
    const place = where === undefined ? '' : ` at line ${where.line}, column ${where.col}`;
    const firstLine = (problem.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    return refusal(
      'MAPPING_NOT_YAML',
      `The mapping is not plain YAML: ${shownValue(firstLine)}${place}.`,
      'Correct that line; tags such as !!js are not read.',
    );
  }
  const nodeProblem = problemOfNodes(document);
  if (nodeProblem !== undefined) return refusal('MAPPING_UNSAFE', nodeProblem, 'Write the keys out plainly.');

  const parsed = Mapping.safeParse(document.toJS({ maxAliasCount: ALIAS_LIMIT }));
  if (parsed.success) return { mapping: parsed.data };
  const issues = parsed.error.issues.slice(0, 50).map((issue): Issue => {
    const path = issue.path.map(String).join('.');
    return {
      severity: 'error',
      code: 'MAPPING_INVALID',
      message: `${path === '' ? 'The mapping' : `Mapping key ${shownValue(path)}`}: ${shownValue(issue.message, 300)}.`,
      advice: 'Correct or remove it; examples/README.md lists every key of a mapping.',
    };
  });
  return { issues };
}

function problemOfSize(text: string): string | undefined {
  if (Buffer.byteLength(text) > TEXT_LIMIT_BYTES) return 'The mapping is longer than 256 kB.';
  let depth = 0;
  for (const line of text.split('\n')) {
    const indent = /^[ \-?:]*/.exec(line)?.[0] ?? '';
    if (indent.length > DEPTH_LIMIT * 10 || (indent.match(/[-?:]/g)?.length ?? 0) > DEPTH_LIMIT) {
      return `The mapping nests deeper than ${DEPTH_LIMIT} levels.`;
    }
    for (const sign of line) {
      if (sign === '[' || sign === '{') depth++;
      else if (sign === ']' || sign === '}') depth--;
      if (depth > DEPTH_LIMIT) return `The mapping nests deeper than ${DEPTH_LIMIT} levels.`;
    }
  }
  return undefined;
}

function problemOfNodes(document: Document): string | undefined {
  let nodes = 0;
  let aliases = 0;
  const walk = (node: unknown, depth: number): string | undefined => {
    if (++nodes > NODE_LIMIT) return `The mapping has more than ${NODE_LIMIT} entries.`;
    if (depth > DEPTH_LIMIT) return `The mapping nests deeper than ${DEPTH_LIMIT} levels.`;
    if (isAlias(node) && ++aliases > ALIAS_LIMIT) return `The mapping uses more than ${ALIAS_LIMIT} aliases.`;
    if (isSeq(node)) return firstProblem(node.items, (item) => walk(item, depth + 1));
    if (!isMap(node)) return undefined;
    return firstProblem(node.items, (pair) => {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      if (FORBIDDEN_KEYS.has(key)) return `The mapping has the key ${key}, which is not read.`;
      return walk(pair.key, depth + 1) ?? walk(pair.value as Node | null, depth + 1);
    });
  };
  return walk(document.contents, 0);
}

function firstProblem<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = check(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function refusal(code: string, message: string, advice: string): { issues: readonly Issue[] } {
  return { issues: [{ severity: 'error', code, message, advice }] };
}
