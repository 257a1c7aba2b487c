import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Evidence,
  type Identity,
  identify,
  RuleBook,
  readEvidence,
  readRuleFiles,
  snmpSource,
  TemplateChooser,
} from '@stratora/identify';
import { MibImage, startPlant } from '@stratora/simulator';
import { createSnmpManager, RequestBudget, readSnmprec, type SnmpManager } from '@stratora/snmp';
import { readDeviceTemplates } from '@stratora/templates';
import {
  CAPTURES_FOLDER,
  type CaptureEntry,
  type Fit,
  fitOf,
  isHeldOut,
  listCaptures,
} from './identify-captures.ts';
import {
  type BenchResult,
  type BenchRow,
  describeMachine,
  median,
  publishResult,
  spreadOf,
} from './result.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Recordings that are served at once. */
const AT_ONCE = 40;
const RUNS = 5;
const MEASURED_MS = 1_000;

const GENERIC_TEMPLATES = new Set(['generic-snmp', 'ping']);

/** One recorded device, identified. */
interface Identified {
  readonly entry: CaptureEntry;
  readonly evidence: Evidence;
  readonly identity: Identity;
  readonly fit: Fit;
  readonly requests: number;
}

/**
 * Identifies every recording of a real device, served by the simulator and read by the product's own SNMP, and measures
 * the pure part.
 */
export async function run(): Promise<BenchResult | undefined> {
  const captures = listCaptures();
  if (captures === undefined) {
    process.stdout.write(`skipped: there are no recordings in ${path.relative(ROOT, CAPTURES_FOLDER)}\n`);
    return undefined;
  }
  const { rules, registry, faults } = await readRuleFiles(path.join(ROOT, 'identification'));
  if (faults.length > 0) throw new Error(`rules with faults: ${JSON.stringify(faults)}`);
  const rulings = {
    book: new RuleBook(rules, registry),
    templates: new TemplateChooser(await readDeviceTemplates(path.join(ROOT, 'templates'))),
  };
  const { found, crashes } = await identifyAll(captures, rulings);
  const rates = measureRate(
    found.map(({ evidence }) => evidence),
    rulings,
  );
  const tuned = found.filter(({ entry }) => !isHeldOut(entry.id));
  const heldOut = found.filter(({ entry }) => isHeldOut(entry.id));
  const requests = found.map((one) => one.requests);
  const result: BenchResult = {
    name: 'identify',
    machine: describeMachine(),
    versions: { node: process.version },
    rows: [
      ...shareRows(`${tuned.length} recordings that rules were made by`, tuned),
      ...shareRows(`${heldOut.length} recordings that nobody looked at`, heldOut),
      {
        label: 'with a template of their own',
        value: found.filter(({ identity }) => !GENERIC_TEMPLATES.has(identity.template)).length,
        unit: 'recordings',
      },
      { label: 'crashes', value: crashes, unit: 'recordings', goal: '0', met: crashes === 0 },
      { label: 'requests to a device', value: median(requests), unit: 'PDUs', spread: spreadOf(requests) },
      {
        label: 'identities',
        value: median(rates),
        unit: 'per s and core',
        spread: spreadOf(rates),
        goal: '>= 10,000',
        met: median(rates) >= 10_000,
      },
    ],
    notes: [
      'a vendor is right by its name or an alias; a type when it is one that may be given; camera, phone, plc and computer count as other, which the expectations do not tell apart',
      'a family is right when its name is that of the expectation, or one name has all telling words of the other',
      'the held-out fifth is fixed by the hash of the name of each recording',
      'by vendor, without those held out: identify-by-vendor.md',
    ],
  };
  await publishResult(result);
  await publishByVendor(tuned);
  return result;
}

interface Rulings {
  readonly book: RuleBook;
  readonly templates: TemplateChooser;
}

async function identifyAll(captures: readonly CaptureEntry[], rulings: Rulings) {
  const manager = createSnmpManager();
  const found: Identified[] = [];
  let crashes = 0;
  try {
    for (let at = 0; at < captures.length; at += AT_ONCE) {
      const some = captures.slice(at, at + AT_ONCE);
      const images = some.map(({ capture }) => imageOf(capture));
      const plant = await startPlant({
        devices: images.map((image, index) => ({ address: addressOf(index), image })),
      });
      const settled = await Promise.allSettled(
        some.map((entry, index) =>
          identifyOne(entry, { manager, rulings, host: addressOf(index), port: plant.port }),
        ),
      );
      await plant.stop();
      for (const [index, one] of settled.entries()) {
        if (one.status === 'fulfilled') found.push(one.value);
        else {
          crashes++;
          process.stderr.write(`${some[index]?.id}: ${String(one.reason)}\n`);
        }
      }
    }
  } finally {
    await manager.close();
  }
  return { found, crashes };
}

function imageOf(capture: string): MibImage {
  return new MibImage(readSnmprec(readFileSync(path.join(CAPTURES_FOLDER, capture), 'utf8')).objects);
}

function addressOf(index: number): string {
  return `127.84.0.${index + 1}`;
}

interface Served {
  readonly manager: SnmpManager;
  readonly rulings: Rulings;
  readonly host: string;
  readonly port: number;
}

async function identifyOne(
  entry: CaptureEntry,
  { manager, rulings, host, port }: Served,
): Promise<Identified> {
  const session = manager.session({
    host,
    port,
    version: 2,
    community: 'public',
    timeoutMs: 5_000,
    retries: 2,
  });
  const budget = new RequestBudget({ durationMs: 60_000 });
  try {
    const evidence = await readEvidence(snmpSource({ session, budget }), rulings.book);
    const identity = identify(evidence, rulings.book, rulings.templates);
    return { entry, evidence, identity, fit: fitOf(identity, entry.expected), requests: budget.answers };
  } finally {
    session.close();
  }
}

function measureRate(evidences: readonly Evidence[], { book, templates }: Rulings): number[] {
  return Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    const startedAt = performance.now();
    let count = 0;
    while (performance.now() - startedAt < MEASURED_MS) {
      for (const evidence of evidences) identify(evidence, book, templates);
      count += evidences.length;
    }
    const { user, system } = process.cpuUsage(before);
    return count / ((user + system) / 1e6);
  });
}

const GOALS = { vendor: 97, family: 92, type: 95 } as const;

function shareRows(label: string, found: readonly Identified[]): BenchRow[] {
  const share = (part: keyof Fit) =>
    (100 * found.filter(({ fit }) => fit[part]).length) / Math.max(1, found.length);
  const goals = (['vendor', 'family', 'type'] as const).map((part): BenchRow => {
    const value = share(part);
    return {
      label: `${label}: ${part}`,
      value,
      unit: '%',
      goal: `>= ${GOALS[part]} %`,
      met: value >= GOALS[part],
    };
  });
  return [...goals, { label: `${label}: the very type`, value: share('strictType'), unit: '%' }];
}

/** Writes the table by vendor: what was right of how many. It has nothing of the held-out ones, so that nobody looks at them. */
async function publishByVendor(found: readonly Identified[]): Promise<void> {
  const byVendor = Map.groupBy(found, ({ entry }) => entry.expected.vendor);
  const lines = [...byVendor].toSorted(
    ([a, some], [b, more]) => more.length - some.length || a.localeCompare(b),
  );
  const rows = lines.map(([vendor, some]) => {
    const right = (part: keyof Fit) => some.filter(({ fit }) => fit[part]).length;
    return `| ${vendor} | ${some.length} | ${right('vendor')} | ${right('family')} | ${right('type')} |`;
  });
  const head = [
    '| vendor | recordings | vendor right | family right | type right |',
    '| --- | --- | --- | --- | --- |',
  ];
  const folder = path.join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const text = `# Identification by vendor\n\nWritten by \`npm run bench -- identify\`.\n\n${[...head, ...rows].join('\n')}\n`;
  await writeFile(path.join(folder, 'identify-by-vendor.md'), text);
}
