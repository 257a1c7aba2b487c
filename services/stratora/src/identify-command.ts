import { type Identity, identityAnswer } from '@stratora/identify';
import { CommandLineError } from './command-line-error.ts';
import { InstalledTemplates, readRecording } from './installed-templates.ts';

export const IDENTIFY_HELP = `Tells what a recorded device is, by the rules that discovery goes by.

Usage: stratora identify FILE.snmprec [--json]

  FILE.snmprec   a recording: OID|tag|value a line, as "stratora simulate --capture" takes it
  --json         one JSON document, with the fields of POST /api/v1/discovery/classify

Exit codes: 0 the vendor is known, 1 nobody knows the device, 2 a wrong option.
`;

/** Runs `stratora identify FILE.snmprec [--json]`. */
export async function runIdentifyCommand(args: readonly string[]): Promise<number> {
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
