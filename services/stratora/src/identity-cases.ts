import { type IdentityCorrection, identityCorrectionListSchema } from '@stratora/contract';
import { identify, type RuleBook, type TemplateChooser } from '@stratora/identify';
import { CommandLineError } from './command-line-error.ts';

/** What became of one case. */
export interface CaseResult {
  readonly name: string;
  /** What the rules say otherwise than somebody did, in words; of what nobody said nothing is compared. */
  readonly differences: readonly string[];
}

/** Reads cases: the answer of `GET /api/v1/identity-corrections`, as it came. */
export function readIdentityCases(text: string): readonly IdentityCorrection[] {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new CommandLineError('the file is no JSON document');
  }
  const parsed = identityCorrectionListSchema.safeParse(answer);
  if (parsed.success) return parsed.data.items;
  const [issue] = parsed.error.issues;
  throw new CommandLineError(
    `the file is no answer of GET /api/v1/identity-corrections: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}

/** Tells a case by the rules alone, and compares. A correction without a word of the device itself tells nothing. */
export function tryIdentityCase(
  said: IdentityCorrection,
  book: RuleBook,
  templates: TemplateChooser,
): CaseResult {
  const name = `case ${said.id}`;
  if (said.sys_object_id === null && said.sys_descr === null && said.sys_name === null) {
    return { name, differences: ['it has neither sys_object_id nor sys_descr nor sys_name to be told by'] };
  }
  const found = identify(
    {
      sysObjectId: said.sys_object_id ?? undefined,
      sysDescr: said.sys_descr ?? undefined,
      sysName: said.sys_name ?? undefined,
    },
    book,
    templates,
  );
  const pairs: [string, string | null, string | undefined][] = [
    ['vendor', said.vendor, found.vendor],
    ['model', said.model, found.model],
    ['os', said.os, found.os],
    ['family', said.family, found.family],
    ['device_type', said.device_type, found.deviceType],
    ['template', said.template, found.template],
  ];
  const differences = pairs
    .filter(([, wanted, got]) => wanted !== null && wanted !== got)
    .map(([field, wanted, got]) => `${field} is ${got ?? 'unknown'} by the rules, ${wanted} as corrected`);
  return { name, differences };
}
