import type { PreviewedInput, PreviewedRow, PreviewPoint, TemplatePreview } from './template-preview.ts';

export interface PreviewTextOptions {
  /** Whether the rows as the device gave them are shown too. */
  readonly withRows?: boolean;
}

/** Renders a preview for people: the points, then what each input met. */
export function previewText(preview: TemplatePreview, { withRows = false }: PreviewTextOptions = {}): string {
  const lines: string[] = [];
  const measurements = Map.groupBy(preview.points, ({ measurement }) => measurement);
  for (const [measurement, points] of measurements) {
    lines.push(`${measurement} (${points.length})`);
    for (const point of points) lines.push(`  ${pointText(point)}`);
  }
  if (measurements.size === 0) lines.push('No input of the template gives a point.');
  lines.push('', `Polled with ${preview.requests} requests:`);
  for (const input of preview.inputs) lines.push(...inputText(input, withRows));
  return `${lines.join('\n')}\n`;
}

function pointText({ tags, fields }: PreviewPoint): string {
  const names = Object.entries(tags).map(([name, value]) => `${name}=${quoted(value)}`);
  const values = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return [...names, ...values].join(' ');
}

function inputText({ id, status, message, rows, unanswered }: PreviewedInput, withRows: boolean): string[] {
  const counts = Map.groupBy(rows, ({ measurement }) => measurement);
  const given = [...counts].map(([measurement, own]) => `${own.length} rows of ${measurement}`);
  const said = status === 'ok' ? '' : ` [${status}: ${message}]`;
  const lines = [`  ${id}: ${given.length === 0 ? 'nothing' : given.join(', ')}${said}`];
  for (const { measurement, isWhole, columns } of unanswered) {
    lines.push(
      isWhole ? `    ${measurement}: no answer` : `    ${measurement}: no answer for ${columns.join(', ')}`,
    );
  }
  for (const [measurement, own] of counts) {
    const unused = own.filter(({ points }) => points === 0).length;
    if (unused > 0) lines.push(`    ${measurement}: no rule is for ${unused} of its ${own.length} rows`);
    if (withRows) for (const row of own) lines.push(`    ${rowText(row)}`);
  }
  return lines;
}

function rowText({ measurement, tags, fields }: PreviewedRow): string {
  const parts = [...Object.entries(tags), ...Object.entries(fields)];
  return `${measurement}: ${parts.map(([name, value]) => `${name}=${quoted(String(value))}`).join(' ')}`;
}

function quoted(text: string): string {
  return /^[\w.:/+-]+$/.test(text) ? text : JSON.stringify(text);
}
