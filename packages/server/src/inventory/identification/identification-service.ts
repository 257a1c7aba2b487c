import type { ClassifyDevice, DeviceIdentity, ProposeTemplate, TemplateProposal } from '@stratora/contract';
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
import { fieldError } from '../../platform/http/index.ts';

export interface IdentificationOptions {
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

  constructor(options: IdentificationOptions) {
    this.#options = options;
  }

  /** Reads the rules. A file with a fault is named in the log and left out. */
  async start(): Promise<void> {
    const { folder, logger } = this.#options;
    const { rules, registry, faults } = await readRuleFiles(folder);
    for (const fault of faults) logger.error({ ...fault }, 'identification rule not loaded');
    this.#book = new RuleBook(rules, registry);
  }

  /** Classifies what is known of a device, without touching one. Fields that are given count before those of the walk. */
  async classify({ sysObjectID, sysDescr, sysName, walk }: ClassifyDevice): Promise<DeviceIdentity> {
    const given: Evidence = { sysObjectId: sysObjectID?.replace(/^\./, ''), sysDescr, sysName };
    const { objects } = readSnmprec(walk ?? '');
    const recorded = await readEvidence(captureSource(objects), this.#book, given);
    return this.#identify(recorded);
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
}
