import type { IncomingHttpHeaders } from 'node:http';
import { INSTANCE_HEADER, ROTATE_KEY_HEADER } from '@stratora/contract';
import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import type { ComponentIdentity } from '../../platform/http/index.ts';
import type { KeyRotation } from '../component-keys/index.ts';
import type { InstanceWatch } from './instance-watch.ts';

export interface ComponentCallsOptions {
  instances: InstanceWatch;
  rotation: KeyRotation;
  clock: Clock;
  logger: Logger;
}

const ROUND_MS = 5000;
const ROTATE: Readonly<Record<string, string>> = { [ROTATE_KEY_HEADER]: '1' };

/** The work at every call of a component beside its answer. None of it waits for anything. */
export class ComponentCalls {
  readonly loop: Periodic;
  readonly #options: ComponentCallsOptions;

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
      },
    });
  }

  /** Notes a call of a component. @returns headers to add to its answer */
  note({ componentId }: ComponentIdentity, headers: IncomingHttpHeaders, from?: () => string) {
    const instance = headers[INSTANCE_HEADER];
    if (typeof instance === 'string') this.#options.instances.note(componentId, instance, from);
    return this.#options.rotation.isDue(componentId) ? ROTATE : undefined;
  }
}
