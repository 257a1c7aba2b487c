/** A service that several instances of inputs use together. */
export interface SharedService {
  /** Ends the service; called once when the engine stops, after every input has stopped. */
  stop?(): void | Promise<void>;
}

/**
 * The things that instances of one engine share: SNMP's sockets, the one process that pings thousands of hosts. A service
 * is made when it is first asked for and lives until the engine stops.
 */
export class SharedServices {
  readonly #services = new Map<string, object & SharedService>();

  /**
   * Returns the service of that name, made by `create` the first time.
   *
   * @param name plugin and role: `snmp.manager`. The same name must always mean the same type.
   */
  get<T extends object>(name: string, create: () => T): T {
    const found = this.#services.get(name);
    if (found !== undefined) return found as T;
    const made = create();
    this.#services.set(name, made);
    return made;
  }

  /** Stops all, last made first. A service that fails to stop does not keep the others from it. */
  async stop(): Promise<void> {
    const services = [...this.#services.values()].toReversed();
    this.#services.clear();
    for (const service of services) {
      try {
        await service.stop?.();
      } catch {
        // The engine is going down: there is nothing left to do about it.
      }
    }
  }
}
