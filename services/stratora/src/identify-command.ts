import { readFile } from 'node:fs/promises';
import { type Identity, identityAnswer } from '@stratora/identify';
import { CommandLineError } from './command-line-error.ts';
import { readIdentityCases, tryIdentityCase } from './identity-cases.ts';
import { InstalledTemplates, readRecording } from './installed-templates.ts';

export const IDENTIFY_HELP = `Tells what a recorded device is, by the rules that discovery goes by.

Usage: stratora identify FILE.snmprec [--json]
       stratora identify --cases FILE.json

  FILE.snmprec   a recording: OID|tag|value a line, as "stratora simulate --capture" takes it
  --json         one JSON document, with the fields of POST /api/v1/discovery/classify
  --cases        tries the rules on what people corrected: the answer of GET /api/v1/identity-corrections, saved to a file

Exit codes: 0 the vendor is known, or all cases are as they were corrected; 1 nobody knows the device, or a case differs;
2 a wrong option.
`;

/** Runs `stratora identify FILE.snmprec [--json]` and `stratora identify --cases FILE.json`. */
export async function runIdentifyCommand(args: readonly string[]): Promise<number> {
  if (args.includes('--cases')) return runCases(args.filter((arg) => arg !== '--cases'));
  const asJson = args.includes('--json');
  const files = args.filter((arg) => arg !== '--json');
  const unknown = files.find((arg) => arg.startsWith('-'));
  if (unknown !== undefined) throw new CommandLineError(`there is no option ${unknown}`, 2);
  const [file] = files;
  if (file === undefined || files.length > 1)
    throw new CommandLineError('name one file: stratora identify FILE.snmprec', 2);
  const installation = new InstalledTemplates();
  const { objects } = await readRecording(file);
  const identity = await installation.identify(objects);
  process.stdout.write(asJson ? `${JSON.stringify(identityAnswer(identity))}\n` : identityText(identity));
  return identity.vendor === undefined ? 1 : 0;
}

async function runCases(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg.startsWith('-'));
  if (unknown !== undefined) throw new CommandLineError(`there is no option ${unknown} for cases`, 2);
  const [file] = args;
  if (file === undefined || args.length > 1)
    throw new CommandLineError('name one file: stratora identify --cases FILE.json', 2);
  const cases = readIdentityCases(await readFile(file, 'utf8'));
  const { book, templates } = await new InstalledTemplates().loadRulings();
  const results = cases.map((one) => tryIdentityCase(one, book, templates));
  for (const { name, differences } of results) {
    for (const difference of differences) process.stdout.write(`${name}: ${difference}\n`);
  }
  const differing = results.filter(({ differences }) => differences.length > 0).length;
  process.stdout.write(`${results.length} cases, ${differing} of them not as corrected.\n`);
  return differing === 0 ? 0 : 1;
}

/** Renders an identity for people. */
export function identityText(identity: Identity): string {
  const lines: [string, string | undefined][] = [
    ['Vendor', identity.vendor],
    ['Model', identity.model],
    ['Serial', identity.serial],
    ['Firmware', identity.firmware],
    ['System', identity.os],
    ['Family', identity.family],
    ['Type', identity.deviceType],
    ['Template', identity.template],
    ['Confidence', `${Math.round(identity.confidence * 100)} %`],
  ];
  const texts = lines.map(([name, value]) => `${name.padEnd(12)}${value ?? '-'}\n`);
  return `${texts.join('')}${identity.reasons.map((reason) => `  because ${reason}\n`).join('')}`;
}
