import { join } from 'node:path';
import type { Logger } from '@stratora/runtime';
import { CheckedFile } from '../checked-file.ts';
import { type HeldOrders, isHeldOrders } from './held-orders.ts';
import { EMPTY_LOG, isOutageLog, type OutageLog } from './outage-record.ts';

/** The files that outlive a restart while the server is away: whom to tell, and who was told. */
export class OutageFiles {
  readonly #orders: CheckedFile<HeldOrders>;
  readonly #log: CheckedFile<OutageLog>;
  readonly #logger: Logger;

  constructor(stateDirectory: string, logger: Logger) {
    this.#orders = new CheckedFile(join(stateDirectory, 'outage-orders.json'), isHeldOrders);
    this.#log = new CheckedFile(join(stateDirectory, 'outage-log.json'), isOutageLog);
    this.#logger = logger;
  }

  async readOrders(): Promise<HeldOrders | undefined> {
    return this.#read(this.#orders);
  }

  async readLog(): Promise<OutageLog> {
    return (await this.#read(this.#log)) ?? EMPTY_LOG;
  }

  writeOrders(orders: HeldOrders): Promise<void> {
    return this.#orders.write(orders);
  }

  writeLog(log: OutageLog): Promise<void> {
    return this.#log.write(log);
  }

  async #read<T>(file: CheckedFile<T>): Promise<T | undefined> {
    const { value, damaged } = await file.read();
    for (const path of damaged) this.#logger.error({ path }, 'file of outage notices was damaged');
    return value;
  }
}
