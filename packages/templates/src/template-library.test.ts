import { resolveDeviceTemplate } from '@stratora/contract';
import { decodeLine, LineScanner, LineWriter } from '@stratora/lineprotocol';
import { describe, expect, test } from 'vitest';
import { CompiledRule } from './compiled-rule.ts';
import { MetricNormalizer } from './metric-normalizer.ts';
import { findRuleConflict } from './rule-conflict.ts';
import {
  columnsOf,
  columnsRead,
  lineOfRow,
  readCases,
  readTemplates,
  scaledFields,
  type TemplateCase,
} from './template-cases.test-support.ts';

const templates = readTemplates();
const cases = readCases();
const slugs = [...templates.keys()];
const NODE_TAGS = new Set(['node_id']);

test('every raw measurement has the rules of one template alone', () => {
  expect(findRuleConflict([...templates.values()])).toBeUndefined();
});

test('every file of cases belongs to a template', () => {
  expect([...cases.keys()].filter((slug) => !templates.has(slug))).toEqual([]);
});

describe.each(slugs)('%s', (slug) => {
  const template = resolveDeviceTemplate(slug, templates);
  const own = templates.get(slug)?.metrics ?? [];
  const ownCases = cases.get(slug) ?? [];

  test('every rule reads columns that are polled', () => {
    const faults = own.flatMap((rule, at) => {
      const columns = columnsOf(template, rule.from);
      return columnsRead(rule).flatMap((name) =>
        columns.has(name) ? [] : [`metrics[${at}] of ${rule.from}: ${name}`],
      );
    });
    expect(faults).toEqual([]);
  });

  test('everything polled under a raw measurement has a rule', () => {
    const ruled = new Set(template.metrics.map(({ from }) => from));
    const polled = template.inputs.flatMap(({ options, plugin, field, table }) => [
      ...table.map(({ name }) => name),
      ...(field.length > 0 ? [String(options['name'] ?? plugin)] : []),
    ]);
    expect(polled.filter((name) => name.startsWith('raw_') && !ruled.has(name))).toEqual([]);
  });

  test('every scale factor has a case', () => {
    const missing = own.flatMap((rule, at) => {
      const compiled = new CompiledRule(rule);
      const shown = new Set(
        ownCases
          .filter(({ from }) => from === rule.from)
          .flatMap((one) => [...(compiled.apply(decodedRow(one))?.fields.keys() ?? [])]),
      );
      return scaledFields(rule).flatMap((field) =>
        shown.has(field) ? [] : [`metrics[${at}] of ${rule.from}: ${field}`],
      );
    });
    expect(missing).toEqual([]);
  });

  test.each(ownCases.map((one, at) => [`case ${at + 1}: ${one.about ?? one.from}`, one] as const))(
    '%s',
    (_, one) => {
      const columns = columnsOf(template, one.from);
      expect(Object.keys(one.row).filter((name) => !columns.has(name))).toEqual([]);
      expect(normalized(one)).toEqual(one.expect);
    },
  );

  function decodedRow(one: TemplateCase) {
    const { body, scanner } = scannerOf(one);
    const line = decodeLine(body, scanner);
    return { ...line, timeMs: line.timeMs ?? 0 };
  }

  function scannerOf(one: TemplateCase) {
    const body = Buffer.from(`${lineOfRow(one, columnsOf(template, one.from))}\n`);
    const scanner = new LineScanner();
    scanner.reset(body);
    if (!scanner.next() || scanner.verdict !== 0) throw new Error(`is not a good line: ${body.toString()}`);
    return { body, scanner };
  }

  function normalized(one: TemplateCase): Record<string, string | number>[] {
    const { body, scanner } = scannerOf(one);
    const writer = new LineWriter();
    new MetricNormalizer([...templates.values()]).normalize(body, scanner, writer, { nowMs: 0 });
    return linesOf(Buffer.from(writer.view()));
  }
});

function linesOf(body: Buffer): Record<string, string | number>[] {
  const scanner = new LineScanner();
  scanner.reset(body);
  const lines: Record<string, string | number>[] = [];
  while (scanner.next()) {
    const { measurement, tags, fields } = decodeLine(body, scanner);
    const line: Record<string, string | number> = { measurement };
    for (const [name, value] of tags) if (!NODE_TAGS.has(name)) line[name] = value;
    for (const [name, value] of fields) line[name] = Number(value);
    lines.push(line);
  }
  return lines;
}
