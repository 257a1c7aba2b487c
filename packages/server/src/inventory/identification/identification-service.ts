import type {
  ClassifyDevice,
  DeviceIdentity,
  IdentityCorrection,
  ProposeTemplate,
  TemplateProposal,
} from '@stratora/contract';
import { packRules } from '@stratora/discovery';
import {
  captureSource,
  type Evidence,
  identify,
  identityAnswer,
  RuleBook,
  readEvidence,
  readRuleFiles,
  TemplateChooser,
} from '@stratora/identify';
import type { Logger } from '@stratora/runtime';
import { readSnmprec } from '@stratora/snmp';
import { proposeTemplate, type TemplateSets } from '@stratora/templates';
import type { Database } from '../../platform/db/index.ts';
import { fieldError } from '../../platform/http/index.ts';
import { findCorrectionAlike, findNodeCorrection } from './correction-queries.ts';

export interface IdentificationOptions {
  readonly db: Database;
  /** Folder of the rules. */
  readonly folder: string;
  /** The templates in force. */
  readonly templates: () => TemplateSets;
  readonly logger: Logger;
}

/** Tells what devices are, by the rules and the templates in force. */
export class IdentificationService {
  readonly #options: IdentificationOptions;
  #book = new RuleBook({ vendors: [], families: [], kinds: [] });
  #packed = '';

  constructor(options: IdentificationOptions) {
    this.#options = options;
  }

  /** Reads the rules. A file with a fault is named in the log and left out. */
  async start(): Promise<void> {
    const { folder, logger } = this.#options;
    const { rules, registry, faults } = await readRuleFiles(folder);
    for (const fault of faults) logger.error({ ...fault }, 'identification rule not loaded');
    this.#book = new RuleBook(rules, registry);
    this.#packed = packRules(rules);
  }

  /** The rules by which devices are asked; those of the start, which do not change while the server runs. */
  get book(): RuleBook {
    return this.#book;
  }

  /** The same, packed for whoever scans elsewhere. */
  get packedRules(): string {
    return this.#packed;
  }

  /** Tells what a discovered device is: by the rules, and by what people said of all devices like it. */
  async identifyDevice(evidence: Evidence): Promise<DeviceIdentity> {
    const identity = this.#identify(evidence);
    const correction = await this.#correctionOf(identity, { nodeId: undefined, evidence });
    return correction === undefined
      ? identity
      : corrected(identity, correction, this.#options.templates().templates);
  }

  /**
   * Classifies what is known of a device, without touching one. Fields that are given count before those of the walk, and
   * what people said of the node, or of all devices like it, before every rule.
   */
  async classify({ sysObjectID, sysDescr, sysName, walk, node_id }: ClassifyDevice): Promise<DeviceIdentity> {
    const given: Evidence = { sysObjectId: sysObjectID?.replace(/^\./, ''), sysDescr, sysName };
    const { objects } = readSnmprec(walk ?? '');
    const recorded = await readEvidence(captureSource(objects), this.#book, given);
    const identity = this.#identify(recorded);
    const correction = await this.#correctionOf(identity, { nodeId: node_id, evidence: recorded });
    return correction === undefined
      ? identity
      : corrected(identity, correction, this.#options.templates().templates);
  }

  /** Proposes a template for a recorded device, without touching one. @throws AppError for a walk without an object */
  async propose({ walk, slug }: ProposeTemplate): Promise<TemplateProposal> {
    const { objects, skipped } = readSnmprec(walk);
    if (objects.length === 0) throw fieldError('walk', 'has no line of the form OID|tag|value');
    const recorded = await readEvidence(captureSource(objects), this.#book);
    return proposeTemplate({
      objects,
      skippedLines: skipped.length,
      identity: this.#identify(recorded),
      sets: this.#options.templates(),
      slug,
    });
  }

  #identify(evidence: Evidence): DeviceIdentity {
    const { templates } = this.#options.templates();
    return identityAnswer(identify(evidence, this.#book, new TemplateChooser([...templates.values()])));
  }

  /** Tells the model of what says this of itself, by the rules alone. */
  recogniseModel(said: { sys_object_id: string | null; sys_descr: string | null; sys_name: string | null }) {
    const evidence: Evidence = {
      sysObjectId: said.sys_object_id ?? undefined,
      sysDescr: said.sys_descr ?? undefined,
      sysName: said.sys_name ?? undefined,
    };
    return identify(evidence, this.#book, new TemplateChooser([])).model;
  }

  async #correctionOf(
    { model }: DeviceIdentity,
    { nodeId, evidence }: { nodeId: string | undefined; evidence: Evidence },
  ): Promise<IdentityCorrection | undefined> {
    const { db } = this.#options;
    const own = nodeId === undefined ? undefined : await findNodeCorrection(db, nodeId);
    const { sysObjectId } = evidence;
    if (own !== undefined || sysObjectId === undefined) return own;
    return findCorrectionAlike(db, { sysObjectId, model });
  }
}

const CORRECTED = ['vendor', 'model', 'os', 'family', 'device_type'] as const;

/** Puts what somebody said over what the rules say. A template that is not in force stays as the rules have it. */
function corrected(
  identity: DeviceIdentity,
  correction: IdentityCorrection,
  inForce: ReadonlyMap<string, unknown>,
): DeviceIdentity {
  const said = CORRECTED.flatMap((field) => (correction[field] === null ? [] : [[field, correction[field]]]));
  const { template, corrected_by: by, corrected_at: at } = correction;
  const fits = template !== null && inForce.has(template);
  const what = [...said.map(([field]) => `${field}`), ...(fits ? ['template'] : [])];
  const scope = correction.for_alike ? 'of this device or of those like it' : 'of this device';
  return {
    ...identity,
    ...Object.fromEntries(said),
    ...(fits ? { template } : {}),
    confidence: 100,
    reasons: [
      `${by} said so ${scope} on ${at.slice(0, 10)}: ${what.join(', ').replaceAll('_', ' ')}`,
      ...identity.reasons,
    ],
  };
}
