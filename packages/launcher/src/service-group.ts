import { Service, type ServiceContext, type ServiceSpec } from './service.ts';

/**
 * The order of a stop, and why:
 * 1. collector and agent: they hand their last samples to a backend that still answers;
 * 2. the backend: it finishes what it has taken while both stores are there;
 * 3. nginx, which answered 503 meanwhile, and the stores, which nobody uses any more, at the same time.
 */
const STAGES: readonly (readonly string[])[] = [
  ['collector', 'agent'],
  ['backend'],
  ['nginx', 'victoria-metrics', 'postgres'],
];

/** All services of one launcher. */
export class ServiceGroup {
  readonly #context: ServiceContext;
  readonly #services: Service[] = [];
  #stopping = false;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  get services(): readonly Service[] {
    return this.#services;
  }

  find(name: string): Service | undefined {
    return this.#services.find((service) => service.name === name);
  }

  /** @throws when the group is being stopped: nothing may be started behind its back */
  start(spec: ServiceSpec): Service {
    if (this.#stopping) throw new Error(`${spec.name} is not started: the system is being stopped`);
    const service = new Service(this.#context, spec);
    this.#services.push(service);
    service.start();
    return service;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const stage of STAGES) {
      const members = this.#services.filter((service) => stage.includes(service.name));
      await Promise.all(members.map((service) => service.stop()));
    }
  }
}
