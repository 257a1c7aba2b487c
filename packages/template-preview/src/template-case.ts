import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { templateSlugSchema } from '@stratora/contract';
import { z } from 'zod';
import type { PreviewPoint } from './template-preview.ts';

/** Time at which the device of a case is polled: a case gives the same points on every day. */
export const CASE_TIME_MS = 1_700_000_000_000;

const WALK_FILE = 'walk.snmprec';
const EXPECTED_FILE = 'expected.json';

const expectedSchema = z.strictObject({
  template: templateSlugSchema,
  points: z.array(
    z.strictObject({
      measurement: z.string(),
      tags: z.record(z.string(), z.string()),
      fields: z.record(z.string(), z.number()),
    }),
  ),
});

/** A recorded device with the points that a template must give for it. */
export interface TemplateCase {
  /** Slug of the template. */
  readonly template: string;
  /** Text of the recording. */
  readonly walk: string;
  readonly points: readonly PreviewPoint[];
}

/** Writes a case to a folder that is there. */
export async function writeCase(folder: string, { template, walk, points }: TemplateCase): Promise<void> {
  await writeFile(join(folder, WALK_FILE), walk);
  // A line for each point, so that a change shows as such.
  const lines = points.map((point) => `    ${JSON.stringify(point)}`).join(',\n');
  const list = lines === '' ? '[]' : `[\n${lines}\n  ]`;
  await writeFile(
    join(folder, EXPECTED_FILE),
    `{\n  "template": ${JSON.stringify(template)},\n  "points": ${list}\n}\n`,
  );
}

/** Reads the case that a folder is; undefined for a folder that is none. @throws for a case that cannot be read */
export async function findCase(folder: string): Promise<TemplateCase | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, EXPECTED_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const { template, points } = expectedSchema.parse(JSON.parse(text));
  return { template, points, walk: await readFile(join(folder, WALK_FILE), 'utf8') };
}

/** Lists how points differ from those expected, a line each: `-` is missing, `+` is too much. */
export function pointDifferences(
  expected: readonly PreviewPoint[],
  given: readonly PreviewPoint[],
): string[] {
  const wanted = expected.map(lineOfPoint);
  const had = given.map(lineOfPoint);
  const left = countsOf(had);
  const missing = wanted.filter((line) => !takeOne(left, line));
  const rest = countsOf(wanted);
  const added = had.filter((line) => !takeOne(rest, line));
  return [...missing.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
}

function lineOfPoint({ measurement, tags, fields }: PreviewPoint): string {
  const inOrder = (part: Readonly<Record<string, string | number>>): string =>
    Object.entries(part)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(' ');
  return [measurement, inOrder(tags), inOrder(fields)].filter((part) => part !== '').join(' ');
}

function countsOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function takeOne(counts: Map<string, number>, line: string): boolean {
  const count = counts.get(line) ?? 0;
  if (count > 0) counts.set(line, count - 1);
  return count > 0;
}
