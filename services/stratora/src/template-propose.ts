import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ProposalPart, ProposalTable, TemplateProposal } from '@stratora/contract';
import { identityAnswer } from '@stratora/identify';
import { makeDirectory, sanitizeText } from '@stratora/runtime';
import { CASE_TIME_MS, previewTemplate, writeCase } from '@stratora/template-preview';
import { proposeTemplate } from '@stratora/templates';
import { CommandLineError } from './command-line-error.ts';
import { InstalledTemplates, readRecording } from './installed-templates.ts';

export interface ProposeRequest {
  /** File of the recording. */
  readonly recording: string;
  readonly slug: string | undefined;
  /** File for the template. */
  readonly out: string | undefined;
  readonly caseFolder: string | undefined;
  readonly asJson: boolean;
}

/** Proposes a template, and writes the files that were asked for. @returns what is to be printed */
export async function proposeFromWalk(request: ProposeRequest): Promise<string> {
  const { recording, out, caseFolder } = request;
  const installed = new InstalledTemplates();
  const { objects, skipped, text: walk } = await readRecording(recording);
  const proposal = proposeTemplate({
    objects,
    skippedLines: skipped.length,
    identity: identityAnswer(await installed.identify(objects)),
    sets: await installed.load(),
    slug: request.slug ?? slugOfFile(out),
  });
  const { slug, text } = proposal;
  if (out !== undefined && basename(out) !== `${slug}.toml`)
    throw new CommandLineError(`the file of a template has the name of its slug: ${slug}.toml`);
  if (out !== undefined) await writeFile(out, text);
  if (caseFolder !== undefined) {
    const template = await installed.resolve(`${slug}.toml`, text);
    const { points } = await previewTemplate({ template, objects, timeMs: CASE_TIME_MS });
    await makeDirectory(caseFolder);
    await writeFile(join(caseFolder, `${slug}.toml`), text);
    await writeCase(caseFolder, { template: slug, walk, points });
  }
  if (request.asJson) return `${JSON.stringify(proposal)}\n`;
  return `${reportText(proposal)}${out === undefined ? `\n${text}` : ''}`;
}

function slugOfFile(out: string | undefined): string | undefined {
  return out?.endsWith('.toml') === true ? basename(out, '.toml') : undefined;
}

/** Renders for people what a proposal was made of. As comments, so that the whole output is a template's file. */
function reportText(proposal: TemplateProposal): string {
  const { identity, tables, scalars, notes } = proposal;
  const device = [identity.vendor, identity.model].filter((word) => word !== null).join(' ');
  const lines = [
    `${device === '' ? 'A device that nobody knows' : device}: ${identity.device_type}, sure by ${identity.confidence} %`,
    ...identity.reasons.map((reason) => `  because ${reason}`),
    `Extends ${proposal.extends.join(', ')}`,
    ...proposal.reasons.map((reason) => `  because ${reason}`),
    '',
    `What these poll of the ${proposal.objects} objects:`,
    ...proposal.polled.filter(({ answered }) => answered > 0).map(partText),
    '',
    'Tables:',
    ...tables.flatMap(tableTexts),
    '',
    'Single objects:',
    ...scalars.map(
      (one) => `  ${one.oid}${named(one.name)}: ${one.kind} (${one.why}), ${USE_WORDS[one.use]}`,
    ),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ];
  return lines
    .map((line) => `${`# ${/^ */.exec(line)?.[0]}${sanitizeText(line, 400)}`.trimEnd()}\n`)
    .join('');
}

const USE_WORDS = { polled: 'polled', proposed: 'proposed', left_out: 'left out' } as const;

function partText(part: ProposalPart): string {
  const every = part.interval_seconds === null ? '' : `, every ${part.interval_seconds} s`;
  const what = part.is_table
    ? `${part.rows} rows, ${part.answered} of ${part.asked} columns`
    : `${part.answered} of ${part.asked} objects`;
  return `  ${part.measurement}: ${what}${every}`;
}

/** Renders a table with its columns; one that is left out is a line. */
function tableTexts({ oid, name, rows, use, why, columns }: ProposalTable): string[] {
  const head = `  ${oid}${named(name)}, ${rows} rows: ${USE_WORDS[use]}${why === '' ? '' : `, ${why}`}`;
  if (use === 'left_out') return [head];
  return [
    head,
    ...columns.map(
      (column) =>
        `    ${column.oid.slice(oid.length)}${named(column.name)}: ${column.kind} (${column.why})${column.use === use ? '' : `, ${USE_WORDS[column.use]}`}`,
    ),
  ];
}

function named(name: string | null): string {
  return name === null ? '' : ` ${name}`;
}
