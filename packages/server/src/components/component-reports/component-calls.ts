import type { IncomingHttpHeaders } from 'node:http';
import { INSTANCE_HEADER, JOBS_HEADER, ROTATE_KEY_HEADER } from '@stratora/contract';
import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ComponentIdentity } from '../../platform/http/index.ts';
import type { KeyRotation, RefusedCaller } from '../component-keys/index.ts';
import { keepAsked } from '../component-registry/index.ts';
import type { InstanceWatch } from './instance-watch.ts';

export interface ComponentCallsOptions {
  db: Database;
  /** Finds whose call was refused, in memory alone. */
  findRefused: (apiKey: string) => RefusedCaller | undefined;
  instances: InstanceWatch;
  rotation: KeyRotation;
  /** Whether jobs wait that a component does not know of. */
  hasJobs: (componentId: string) => boolean;
  clock: Clock;
  logger: Logger;
}

const ROUND_MS = 5000;
const ROTATE: Readonly<Record<string, string>> = { [ROTATE_KEY_HEADER]: '1' };
const JOBS: Readonly<Record<string, string>> = { [JOBS_HEADER]: '1' };
const BOTH = { ...ROTATE, ...JOBS };

/** The work at every call of a component beside its answer. None of it waits for anything. */
export class ComponentCalls {
  readonly loop: Periodic;
  readonly #options: ComponentCallsOptions;
  /** Components that wait for approval and asked since the last round. */
  #asked = new Set<string>();

  constructor(options: ComponentCallsOptions) {
    this.#options = options;
    const { clock, logger, instances, rotation } = options;
    this.loop = periodic({
      name: 'component-calls',
      intervalMs: ROUND_MS,
      clock,
      logger,
      run: async () => {
        await rotation.round();
        await instances.round();
        await this.#keepAsked();
      },
    });
  }

  /** Notes a call of a component. @returns headers to add to its answer */
  note({ componentId }: ComponentIdentity, headers: IncomingHttpHeaders, from?: () => string) {
    const instance = headers[INSTANCE_HEADER];
    if (typeof instance === 'string') this.#options.instances.note(componentId, instance, from);
    const { rotation, hasJobs } = this.#options;
    const isDue = rotation.isDue(componentId);
    if (hasJobs(componentId)) return isDue ? BOTH : JOBS;
    return isDue ? ROTATE : undefined;
  }

  /**
   * Notes a refused call: who waits for approval lives, and who calls with a key that another registration has replaced
   * is a second process with the same identity.
   */
  noteRefused(apiKey: string, headers: IncomingHttpHeaders, from: () => string): void {
    const caller = this.#options.findRefused(apiKey);
    if (!caller) return;
    if (caller.kind === 'waiting') this.#asked.add(caller.componentId);
    const instance = headers[INSTANCE_HEADER];
    if (typeof instance === 'string') this.#options.instances.note(caller.componentId, instance, from);
  }

  async #keepAsked(): Promise<void> {
    if (this.#asked.size === 0) return;
    const asked = this.#asked;
    this.#asked = new Set();
    await keepAsked(this.#options.db, [...asked]);
  }
}
