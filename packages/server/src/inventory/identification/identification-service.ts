import type { ClassifyDevice, DeviceIdentity, DeviceTemplate } from '@stratora/contract';
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

export interface IdentificationOptions {
  /** Folder of the rules. */
  readonly folder: string;
  /** The templates in force. */
  readonly templates: () => readonly DeviceTemplate[];
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
    return identityAnswer(identify(recorded, this.#book, new TemplateChooser(this.#options.templates())));
  }
}
