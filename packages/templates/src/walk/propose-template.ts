import type {
  DeviceIdentity,
  ProposalTable,
  TemplateProposal,
  WalkObject,
  WalkUse,
} from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import type { CaptureObject } from '@stratora/snmp';
import { chooseParents, type TemplateSets } from './proposal-choice.ts';
import { type PlannedColumn, type ProposalPlan, planProposal } from './proposal-plan.ts';
import { proposalText } from './proposal-text.ts';
import { polledObjects, TemplateCoverage } from './template-coverage.ts';
import { shapeOfWalk, type WalkScalar, type WalkShape, type WalkTable } from './walk-shape.ts';

export interface ProposeOptions {
  /** The objects of the recorded device. */
  readonly objects: readonly CaptureObject[];
  /** Number of lines of the recording that are not understood. */
  readonly skippedLines: number;
  /** What the device was found to be; the template and the last reason say what is for it. */
  readonly identity: DeviceIdentity;
  readonly sets: TemplateSets;
  /** Slug of the proposal; of vendor and model by default. */
  readonly slug?: string | undefined;
}

const SYS_OBJECT_ID = '1.3.6.1.2.1.1.2.0';
/** sysObjectIDs of agents that run on devices of any vendor: net-snmp's, UCD's, Microsoft's. */
const AGENTS_OF_MANY = ['1.3.6.1.4.1.8072', '1.3.6.1.4.1.2021', '1.3.6.1.4.1.311'];
/** Most tables and objects that an answer lists. */
const MOST_LISTED = 1_000;

/**
 * Proposes a template for a recorded device: which template that is there fits, what that would poll, what else the
 * device holds and what it looks like, and a file that polls both. Pure: it asks nothing but the recording.
 */
export function proposeTemplate({
  objects,
  skippedLines,
  identity,
  sets,
  slug: wanted,
}: ProposeOptions): TemplateProposal {
  const { own, templates } = sets;
  const coverage = new TemplateCoverage(objects, templates.values());
  const choice = chooseParents(identity.template, identity.reasons.at(-1) ?? '', sets, coverage);
  const parents = choice.parents.flatMap((parent) => templates.get(parent) ?? []);
  const polled = new Map(
    parents.flatMap((parent) => polledObjects(parent).map(({ oid }) => [oid, parent.slug] as const)),
  );
  const names = new Map([...own.values()].flatMap(polledObjects).map(({ oid, name }) => [oid, name]));
  const shape = shapeOfWalk(objects, names);
  const plan = planProposal(shape, new Set(polled.keys()));
  const slug = wanted ?? unusedSlug(identity, templates);
  const name = nameOf(identity, slug);
  const sysObjectId = ownObjectId(objects);
  const text = proposalText(
    {
      slug,
      name,
      description: descriptionOf(plan, choice.parents),
      vendor: identity.vendor === null ? undefined : identity.vendor.slice(0, 80),
      parents: choice.parents,
      sysObjectId,
    },
    plan,
  );
  const of = { plan, polled };
  return {
    identity,
    slug,
    name,
    extends: [...choice.parents],
    reasons: [...choice.reasons],
    objects: objects.length,
    skipped_lines: skippedLines,
    polled: parents
      .flatMap((parent) => coverage.partsOf(parent))
      .map(({ intervalSeconds, isTable, ...part }) => ({
        ...part,
        interval_seconds: intervalSeconds ?? null,
        is_table: isTable,
      })),
    tables: shape.tables.slice(0, MOST_LISTED).map((table) => tableAnswer(table, of)),
    scalars: shape.scalars.slice(0, MOST_LISTED).map((scalar) => scalarAnswer(scalar, of)),
    notes: notesOf(plan, shape, sysObjectId),
    text,
  };
}

function notesOf({ notes }: ProposalPlan, { tables, scalars }: WalkShape, sysObjectId: string): string[] {
  const isCut = tables.length > MOST_LISTED || scalars.length > MOST_LISTED;
  return [
    ...notes,
    ...(isCut
      ? [`The list has the first ${MOST_LISTED} of ${tables.length} tables and ${scalars.length} objects.`]
      : []),
    ...(sysObjectId === ''
      ? ['No sysObjectID tells this device from others: choose the template by hand.']
      : []),
  ];
}

interface Uses {
  readonly plan: ProposalPlan;
  readonly polled: ReadonlyMap<string, string>;
}

function tableAnswer(table: WalkTable, { plan, polled }: Uses): ProposalTable {
  const fault = plan.leftOut.get(table.entry) ?? '';
  const by = table.columns.map(({ oid }) => polled.get(oid)).find((slug) => slug !== undefined);
  const planned = new Set(
    plan.tables
      .filter(({ entry }) => entry === table.entry)
      .flatMap(({ columns, label }) => [...columns, ...(label ? [label] : [])].map(({ oid }) => oid)),
  );
  const use: WalkUse = fault === '' ? 'proposed' : by === undefined ? 'left_out' : 'polled';
  return {
    oid: table.entry,
    name: table.name ?? null,
    mib: table.mib ?? null,
    rows: table.rows,
    use,
    why: by !== undefined && use === 'polled' ? `template ${by} polls it` : fault,
    columns: table.columns.map(({ oid, name, kind, why, values }) => ({
      oid,
      name: name ?? null,
      kind,
      why,
      values,
      use: polled.has(oid) ? 'polled' : planned.has(oid) ? 'proposed' : 'left_out',
    })),
  };
}

function scalarAnswer({ oid, name, kind, why }: WalkScalar, { plan, polled }: Uses): WalkObject {
  const use: WalkUse = polled.has(oid) ? 'polled' : plan.leftOut.get(oid) === '' ? 'proposed' : 'left_out';
  const planned = plan.scalars.find((one: PlannedColumn) => one.oid === oid);
  return { oid, name: name ?? planned?.name ?? null, kind, why, use };
}

/** Reads the sysObjectID of a recording where it tells the device from others; empty where it does not. */
function ownObjectId(objects: readonly CaptureObject[]): string {
  const value = objects.find(({ oid }) => oid === SYS_OBJECT_ID)?.value;
  const oid = typeof value === 'string' ? value : '';
  const isOwn =
    /^1\.3\.6\.1\.4\.1\.[1-9]\d*\.\d/.test(oid) &&
    !AGENTS_OF_MANY.some((agent) => oid === agent || oid.startsWith(`${agent}.`));
  return isOwn ? oid : '';
}

function unusedSlug({ vendor, model, family }: DeviceIdentity, templates: TemplateSets['templates']): string {
  const words = vendorAndModel(vendor, model ?? family);
  const slug = words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const wanted = /^[a-z]/.test(slug) ? slug : `device${slug === '' ? '' : `-${slug}`}`;
  let unused = wanted;
  for (let count = 2; templates.has(unused); count++) unused = `${wanted}-${count}`;
  return unused;
}

function nameOf({ vendor, model }: DeviceIdentity, slug: string): string {
  const words = vendorAndModel(vendor, model);
  return sanitizeText(words === '' ? slug : words).slice(0, 80);
}

function descriptionOf({ tables, scalars }: ProposalPlan, parents: readonly string[]): string {
  const more = [
    ...(tables.length === 0 ? [] : [counted(tables.length, 'table')]),
    ...(scalars.length === 0 ? [] : [counted(scalars.length, 'object')]),
  ];
  const base = `What ${parents.join(' and ')} ${parents.length === 1 ? 'polls' : 'poll'}`;
  return more.length === 0 ? `${base}.` : `${base}, and ${more.join(' and ')} of this device.`;
}

function vendorAndModel(vendor: string | null, model: string | null): string {
  const isTold = vendor !== null && model?.toLowerCase().startsWith(vendor.toLowerCase()) === true;
  return [isTold ? null : vendor, model].filter((word) => word !== null).join(' ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
