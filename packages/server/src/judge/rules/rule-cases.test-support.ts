import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';

/**
 * The value of a series: one that stands still, or steps. A step is `[from, value, per_second]`: from so many seconds ago on it has
 * this value, which grows by so much a second; a step without a value ends the samples. Before the first step there are none.
 */
const shapeSchema = z.union([
  z.number(),
  z.array(
    z.union([z.tuple([z.int()]), z.tuple([z.int(), z.number()]), z.tuple([z.int(), z.number(), z.number()])]),
  ),
]);
type Shape = z.infer<typeof shapeSchema>;

const caseSchema = z.strictObject({
  /** What the samples are of. */
  words: z.string(),
  /** What the definition makes of them: a severity, a good value, or nothing that it could judge. */
  gives: z.enum(['critical', 'warning', 'good', 'no value']),
  /** Name of the instance that is judged. */
  instance: z.string().default(''),
  /** Seconds between two samples. */
  every_seconds: z.int().default(10),
  /** Seconds of the past that there are samples of. */
  past_seconds: z.int().default(900),
  /** By name and labels, as PromQL writes them; those of the node are added. */
  series: z.record(z.string(), shapeSchema),
});
export interface RuleCase extends z.infer<typeof caseSchema> {
  slug: string;
  /** A node of its own. */
  nodeId: string;
}

/** Reads the cases of all shipped definitions: `testcases/<slug>.toml`. */
export async function readRuleCases(folder: string): Promise<RuleCase[]> {
  const cases: RuleCase[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const slug = file.replace(/\.toml$/, '');
    const { cases: own } = z
      .strictObject({ cases: z.array(caseSchema) })
      .parse(parse(await readFile(join(folder, file), 'utf8')));
    cases.push(...own.map((each, index) => ({ ...each, slug, nodeId: `${slug}-${index}` })));
  }
  return cases;
}

/** Writes the series of a case as the store imports them, one line each. */
export function importLines({ series, nodeId, words, ...rest }: RuleCase, nowMs: number): string[] {
  const { every_seconds: every, past_seconds: past } = rest;
  return Object.entries(series).map(([text, shape]) => {
    const [, name = '', labels = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(text) ?? [];
    const own = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, value]) => [
      label,
      JSON.parse(`"${value}"`) as string,
    ]);
    const samples: [number, number][] = [];
    for (let ago = past - (past % every); ago >= 0; ago -= every) {
      const value = valueAt(shape, ago);
      if (value !== undefined) samples.push([nowMs - ago * 1000, value]);
    }
    return JSON.stringify({
      metric: {
        __name__: name,
        node_id: nodeId,
        node_name: words,
        collector_id: 'c',
        ...Object.fromEntries(own),
      },
      values: samples.map(([, value]) => value),
      timestamps: samples.map(([time]) => time),
    });
  });
}

function valueAt(shape: Shape, secondsAgo: number): number | undefined {
  if (typeof shape === 'number') return shape;
  const step = shape.findLast(([from]) => from >= secondsAgo);
  if (step === undefined) return undefined;
  const [from, value, perSecond = 0] = step;
  return value === undefined ? undefined : value + (from - secondsAgo) * perSecond;
}
