import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  captureSource,
  type Identity,
  identify,
  RuleBook,
  readEvidence,
  readRuleFiles,
  TemplateChooser,
} from '@stratora/identify';
import { findInstallation } from '@stratora/launcher';
import { readSnmprec } from '@stratora/snmp';
import { readDeviceTemplates } from '@stratora/templates';
import { CommandLineError } from './command-line-error.ts';
import { VERSION } from './version.ts';

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
  const identity = await identifyRecording(await readFile(file, 'utf8'));
  process.stdout.write(asJson ? `${JSON.stringify(answerOf(identity))}\n` : identityText(identity));
  return identity.vendor === undefined ? 1 : 0;
}

async function identifyRecording(text: string): Promise<Identity> {
  const { objects, skipped } = readSnmprec(text);
  if (objects.length === 0) throw new CommandLineError('the file has no line of the form OID|tag|value');
  if (skipped.length > 0)
    process.stderr.write(`${skipped.length} lines are not understood, the first is ${skipped[0]}.\n`);
  const { identificationDir, templatesDir } = findInstallation(fileURLToPath(import.meta.url), VERSION);
  const { rules, registry, faults } = await readRuleFiles(identificationDir);
  for (const fault of faults) process.stderr.write(`${fault.file}:${fault.line ?? 1}: ${fault.message}\n`);
  const book = new RuleBook(rules, registry);
  const templates = new TemplateChooser(await readDeviceTemplates(templatesDir));
  return identify(await readEvidence(captureSource(objects), book), book, templates);
}

function answerOf({ deviceType, confidence, ...rest }: Identity): Record<string, unknown> {
  const named = { ...rest, device_type: deviceType, confidence: Math.round(confidence * 100) };
  const absent = { vendor: null, model: null, serial: null, firmware: null, os: null, family: null };
  return { ...absent, ...JSON.parse(JSON.stringify(named)) };
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
