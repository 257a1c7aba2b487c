import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeviceTemplate } from '@stratora/contract';
import { findInstallation } from '@stratora/launcher';
import { type CaptureObject, readSnmprec } from '@stratora/snmp';
import { previewTemplate, previewText } from '@stratora/template-preview';
import { loadTemplates, readTemplate, resolveTemplates } from '@stratora/templates';
import { CommandLineError } from './command-line-error.ts';
import { VERSION } from './version.ts';

const PREVIEW_HELP = `Shows what a template gives for a recorded device: the points that the store would have, what each input
of the template read, and what did not answer. The simulator tells the recording on the loopback, and the embedded
engine polls it; nothing else is asked.

Usage: stratora template preview SLUG|FILE.toml FILE.snmprec [--rows] [--json]

  SLUG           a template of this installation
  FILE.toml      a template's file; what it extends is of this installation
  FILE.snmprec   a recording: OID|tag|value a line, as "stratora simulate --capture" takes it
  --rows         also the rows as the device gave them, with the columns that rules read
  --json         one JSON document

Exit codes: 0 it gives at least one point, 1 it gives none, 2 a wrong option.
`;

/** Renders the help of `stratora template`, or of one of its actions. */
export function templateHelp(action?: string): string {
  if (action === 'preview') return PREVIEW_HELP;
  return `Device templates, tried on recorded devices.

Usage: stratora template preview ...

  preview SLUG|FILE.toml FILE.snmprec   what a template gives for a recorded device

"stratora template preview --help" says more.
`;
}

/** Runs `stratora template preview`. */
export async function runTemplateCommand(args: readonly string[]): Promise<number> {
  const [action, ...rest] = args;
  if (action === 'preview') return runPreview(rest);
  throw new CommandLineError('give one of preview', 2);
}

async function runPreview(args: readonly string[]): Promise<number> {
  const { words, switches } = readWords(args, ['--rows', '--json']);
  const [template, capture] = words;
  if (template === undefined || capture === undefined || words.length > 2)
    throw new CommandLineError(
      'name a template and a recording: stratora template preview SLUG FILE.snmprec',
      2,
    );
  const preview = await previewTemplate({
    template: await findTemplate(template),
    objects: await readRecording(capture),
  });
  const text = switches.has('--json')
    ? `${JSON.stringify(preview, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))}\n`
    : previewText(preview, { withRows: switches.has('--rows') });
  process.stdout.write(text);
  return preview.points.length > 0 ? 0 : 1;
}

/** Splits arguments into words and switches. @throws CommandLineError for a switch that there is not */
function readWords(args: readonly string[], known: readonly string[]) {
  const unknown = args.find((arg) => arg.startsWith('-') && !known.includes(arg));
  if (unknown !== undefined) throw new CommandLineError(`there is no option ${unknown}`, 2);
  return {
    words: args.filter((arg) => !arg.startsWith('-')),
    switches: new Set(args.filter((arg) => arg.startsWith('-'))),
  };
}

async function readRecording(file: string): Promise<CaptureObject[]> {
  const { objects, skipped } = readSnmprec(await readFile(file, 'utf8'));
  if (objects.length === 0) throw new CommandLineError('the file has no line of the form OID|tag|value');
  if (skipped.length > 0)
    process.stderr.write(`${skipped.length} lines are not understood, the first is ${skipped[0]}.\n`);
  return objects;
}

/** Finds a template by its slug in this installation, or reads its file. @throws CommandLineError naming each fault */
async function findTemplate(name: string): Promise<DeviceTemplate> {
  const { templatesDir } = findInstallation(fileURLToPath(import.meta.url), VERSION);
  const installed = await loadTemplates(templatesDir);
  if (!name.endsWith('.toml')) {
    const template = installed.templates.get(name);
    if (template !== undefined) return template;
    const faults = installed.faults.filter(({ file }) => file === `${name}.toml`);
    throw new CommandLineError(
      faults.length > 0 ? faults.map(faultText).join('\n') : `there is no template "${name}"`,
    );
  }
  const read = readTemplate(basename(name), await readFile(name, 'utf8'));
  if ('faults' in read) throw new CommandLineError(read.faults.map(faultText).join('\n'));
  const { slug } = read.value;
  const { templates, faults } = resolveTemplates(new Map([...installed.own, [slug, read.value]]));
  const resolved = templates.get(slug);
  if (resolved === undefined)
    throw new CommandLineError(
      faults
        .filter(({ file }) => file === `${slug}.toml`)
        .map(faultText)
        .join('\n'),
    );
  return resolved;
}

function faultText({ file, line, message }: { file: string; line?: number; message: string }): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}
