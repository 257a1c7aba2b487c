import { parseArgs } from 'node:util';
import { errorMessage } from '@stratora/runtime';
import { previewTemplate, previewText } from '@stratora/template-preview';
import { CommandLineError } from './command-line-error.ts';
import { InstalledTemplates, readRecording } from './installed-templates.ts';
import { checkTemplates } from './template-check.ts';
import { proposeFromWalk } from './template-propose.ts';

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

const PROPOSE_HELP = `Proposes a template for a recorded device: which template fits and why, what it would poll, what else the
device holds and what that looks like, and a template's file that polls both. Nothing but the recording is read.

Usage: stratora template propose FILE.snmprec [--slug SLUG] [--out FILE] [--case DIR] [--json]

  FILE.snmprec   a recording: OID|tag|value a line
  --slug SLUG    slug of the proposal, which is also the name of its file
  --out FILE     writes the template there, and only the report to standard output; FILE must be SLUG.toml
  --case DIR     makes a case of it: the template, the recording and the points that it gives, for "template check DIR"
  --json         one JSON document, with the fields of POST /api/v1/device-templates/propose

Exit codes: 0 done, 1 the recording cannot be used, 2 a wrong option.
`;

const CHECK_HELP = `Checks template files, each fault with its line, and runs the cases beside them: a case is a folder with
walk.snmprec and expected.json, as "template propose --case" writes it.

Usage: stratora template check FILE.toml|DIR...

  FILE.toml   a template's file; what it extends is of this installation or beside it
  DIR         the template files of a folder, and the case that it is or its folders are

Exit codes: 0 all is well, 1 there are faults or differences, 2 a wrong option.
`;

const HELPS: Readonly<Record<string, string>> = {
  preview: PREVIEW_HELP,
  propose: PROPOSE_HELP,
  check: CHECK_HELP,
};

/** Renders the help of `stratora template`, or of one of its actions. */
export function templateHelp(action = ''): string {
  return (
    HELPS[action] ??
    `Device templates, tried on recorded devices.

Usage: stratora template preview|propose|check ...

  preview SLUG|FILE.toml FILE.snmprec   what a template gives for a recorded device
  propose FILE.snmprec                  a template for a recorded device
  check FILE.toml|DIR...                faults of template files, and cases

"stratora template preview --help" and so on say more.
`
  );
}

/** Runs `stratora template preview|propose|check`. */
export async function runTemplateCommand(args: readonly string[]): Promise<number> {
  const [action, ...rest] = args;
  if (action === 'preview') return runPreview(rest);
  if (action === 'propose') return runPropose(rest);
  if (action === 'check') return runCheck(rest);
  throw new CommandLineError('give one of preview, propose, check', 2);
}

async function runPreview(args: readonly string[]): Promise<number> {
  const { words, switches } = read(args, [], ['rows', 'json']);
  const [template, recording] = words;
  if (template === undefined || recording === undefined || words.length > 2)
    throw new CommandLineError(
      'name a template and a recording: stratora template preview SLUG FILE.snmprec',
      2,
    );
  const preview = await previewTemplate({
    template: await new InstalledTemplates().find(template),
    objects: (await readRecording(recording)).objects,
  });
  const text = switches.has('json')
    ? `${JSON.stringify(preview, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))}\n`
    : previewText(preview, { withRows: switches.has('rows') });
  process.stdout.write(text);
  return preview.points.length > 0 ? 0 : 1;
}

async function runPropose(args: readonly string[]): Promise<number> {
  const { words, values, switches } = read(args, ['slug', 'out', 'case'], ['json']);
  const [recording] = words;
  if (recording === undefined || words.length > 1)
    throw new CommandLineError('name one recording: stratora template propose FILE.snmprec', 2);
  process.stdout.write(
    await proposeFromWalk({
      recording,
      slug: values.get('slug'),
      out: values.get('out'),
      caseFolder: values.get('case'),
      asJson: switches.has('json'),
    }),
  );
  return 0;
}

async function runCheck(args: readonly string[]): Promise<number> {
  const { words } = read(args, [], []);
  if (words.length === 0) throw new CommandLineError('name files or folders: stratora template check DIR', 2);
  const { lines, isWell } = await checkTemplates(words);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return isWell ? 0 : 1;
}

/** Splits arguments into words, options with a value and switches. @throws CommandLineError for one that there is not */
function read(args: readonly string[], valued: readonly string[], switches: readonly string[]) {
  const options = Object.fromEntries([
    ...valued.map((name) => [name, { type: 'string' as const }] as const),
    ...switches.map((name) => [name, { type: 'boolean' as const }] as const),
  ]);
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const given = Object.entries(values as Record<string, unknown>);
    const texts = given.flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    );
    return {
      words: positionals,
      values: new Map(texts),
      switches: new Set(given.filter(([, value]) => value === true).map(([name]) => name)),
    };
  } catch (error) {
    throw new CommandLineError(errorMessage(error).split('\n')[0] ?? '', 2);
  }
}
