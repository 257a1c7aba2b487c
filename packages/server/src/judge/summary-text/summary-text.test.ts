import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../expressions/expression-arbitrary.test-support.ts';
import {
  builtInSummary,
  readSummary,
  renderSummary,
  SUMMARY_MAX_BYTES,
  type SummaryValues,
} from './summary-text.ts';

const DISK: SummaryValues = {
  name: 'Disk used',
  node: 'web-01',
  instance: '/var',
  labels: { path: '/var', device: 'sda1' },
  value: 93.4166,
  threshold: 90,
  comparison: '>',
  unit: 'percent',
};
const DISK_TEXT = 'Disk used /var on web-01: 93.4 % (above 90 %)';

function rendered(text: string, values: SummaryValues = DISK) {
  const result = readSummary(text, []);
  if (!result.ok) throw new Error(result.faults.map(({ message }) => message).join('\n'));
  return renderSummary(result.template, values);
}

function faultsOf(text: string, samples: readonly SummaryValues[] = [DISK]): string[] {
  const result = readSummary(text, samples);
  return result.ok ? [] : result.faults.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('a template', () => {
  it.each([
    ['{{ $labels.path }} on {{$node}} is at {{ $value | percent }}', '/var on web-01 is at 93.4 %'],
    ['{{$instance}}: {{ $value }} > {{ $threshold }}', '/var: 93.42 > 90'],
    ['{{ $value | round 2 }} {{ $value | round }}', '93.42 93'],
    ['{{ $value | bytes }}, {{ $threshold | duration }}', '93 B, 1 min 30 s'],
    ['{ single } braces, a | and a $value', '{ single } braces, a | and a $value'],
    ['two\n lines\tand a tab', 'two  lines and a tab'],
  ])('%j gives %j', (text, expected) => {
    expect(rendered(text)).toEqual({ text: expected, failure: null });
  });

  it.each([
    ['', '1:1 The summary is empty.'],
    [' \n', '1:1 The summary is empty.'],
    ['x\n {{ $value', '2:2 `{{` is not closed by `}}`.'],
    ['a }} b', '1:3 `}}` closes nothing.'],
    ['{{ }}', '1:1 Name a value:'],
    ['{{ .Value }}', '`.Value` is no value.'],
    ['{{ if $value }}x{{ end }}', 'a summary has no logic'],
    ['{{ $labels }}', '`$labels` is no value.'],
    ['{{ $labels.a-b }}', '`$labels.a-b` is no value.'],
    [
      '{{ $value | humanize }}',
      '`humanize` is no format. There are `percent`, `bytes`, `duration`, `round`.',
    ],
    ['{{ $value | constructor }}', '`constructor` is no format.'],
    ['{{ $value | percent | round }}', 'A value has one format.'],
    ['{{ $value | percent 2 }}', 'Only `round` takes a number'],
    ['{{ $value | round 9 }}', 'Only `round` takes a number'],
    ['{{ $labels.path | bytes }}', '`bytes` is for numbers'],
    ['{{ $labels.pth }}', '1:1 There is no label `pth`, in none of 1 sample alerts.'],
    ['{{ $labels.constructor }}', 'There is no label `constructor`'],
    ['x'.repeat(2_001), '1:2001 A summary has 2000 characters at most'],
  ])('%j is refused', (text, fault) => {
    expect(faultsOf(text)[0]).toContain(fault);
  });

  it('is refused with every fault of it', () => {
    expect(faultsOf('{{ $x }}\n{{ $value | y }} }}')).toHaveLength(3);
  });

  it('may name what one of the sample alerts has', () => {
    const other = { ...DISK, labels: {}, instance: '', threshold: null };
    expect(faultsOf('{{ $labels.path }} {{ $instance }} {{ $threshold }}', [other, DISK])).toEqual([]);
    expect(faultsOf('{{ $labels.path }} {{ $instance }} {{ $threshold }}', [other])).toHaveLength(3);
    expect(faultsOf('{{ $labels.path }}', [])).toEqual([]);
  });
});

describe('a summary', () => {
  it.each([
    ['{{ $labels.gone }}', DISK, 'There is no label `gone`.'],
    ['{{ $threshold }}', { ...DISK, threshold: null }, 'There is no threshold.'],
    ['{{ $value }}', { ...DISK, value: null }, 'There is no value.'],
    ['{{ $node }}', { ...DISK, node: null }, 'There is no node.'],
    ['{{ $instance }}', { ...DISK, instance: '' }, 'There is no instance.'],
    ['{{ $labels.path }}', { ...DISK, labels: { path: '\u0000\u202e' } }, 'The text is empty.'],
  ])('of %s falls back to the built-in text and says why', (text, values, failure) => {
    expect(rendered(text, values)).toEqual({ text: builtInSummary(values), failure });
  });

  it.each([
    [DISK, DISK_TEXT],
    [{ ...DISK, instance: '', unit: null }, 'Disk used on web-01: 93.42 (above 90)'],
    [{ ...DISK, comparison: '<' as const, unit: 'bytes' }, 'Disk used /var on web-01: 93 B (below 90 B)'],
    [{ ...DISK, unit: 'seconds' }, 'Disk used /var on web-01: 1 min 33 s (above 1 min 30 s)'],
    [{ ...DISK, unit: '°C' }, 'Disk used /var on web-01: 93.42 °C (above 90 °C)'],
    [{ ...DISK, threshold: null }, 'Disk used /var on web-01: 93.4 %'],
    [{ ...DISK, value: null }, 'Disk used /var on web-01: no data'],
    [{ ...DISK, node: null, instance: '', value: null }, 'Disk used: no data'],
  ])('without a template is the built-in text', (values, text) => {
    expect(renderSummary(null, values)).toEqual({ text, failure: null });
  });

  it('is plain text of bounded length, whatever a device calls its disks', () => {
    const hostile = fc.oneof(
      anyText(600),
      fc.constantFrom(
        '{{ $node }}',
        '}}',
        '\u001b[31m',
        '<script>',
        'a\r\nb',
        '\u202e',
        'x'.repeat(5_000),
        '$&',
        '$1',
      ),
    );
    const template = '[{{ $labels.path }}] [{{ $instance }}] [{{ $node }}] [{{ $value | percent }}]';
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, instance, node) => {
        const values = { ...DISK, labels: { path }, instance, node };
        for (const { text } of [rendered(template, values), renderSummary(null, values)]) {
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(SUMMARY_MAX_BYTES);
          expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toBe('');
        }
      }),
    );
  });

  it('puts values in as they are and reads none of them as a template', () => {
    const labels = { path: '{{ $node }} $& $1 <b>' };
    expect(rendered('{{ $labels.path }}!', { ...DISK, labels }).text).toBe('{{ $node }} $& $1 <b>!');
  });

  it('keeps room for the rest beside a long value', () => {
    const text = rendered('{{ $labels.path }} at {{ $value | percent }}', {
      ...DISK,
      labels: { path: 'ä'.repeat(5_000) },
    }).text;
    expect(text).toBe(`${'ä'.repeat(117)}... at 93.4 %`);
  });

  it('is read from any text without an exception', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '$value',
      '$labels.',
      'path',
      '|',
      'round',
      ' ',
      '9',
      '\n',
      'x',
      '{',
      '}',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const result = readSummary(text, [DISK]);
        if (result.ok) {
          expect(renderSummary(result.template, DISK).failure).toBeNull();
          return;
        }
        for (const { from, to } of result.faults) {
          expect(from).toBeLessThanOrEqual(to);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
