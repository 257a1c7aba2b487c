import {
  type CreateNode,
  createNodeSchema,
  type ImportedNeighbours,
  type ImportNeighbours,
  type NodeDetail,
} from '@stratora/contract';
import { AppError } from '@stratora/runtime';
import type { Actor } from '../../../platform/audit/index.ts';
import type { Database } from '../../../platform/db/index.ts';
import { findDevices } from '../map/map-queries.ts';
import { NODE_TYPE_OF, type ShownDeviceRow } from '../map/shown-device.ts';

export interface ImportServiceOptions {
  db: Database;
  /** Makes a node, in a transaction of its own. */
  createNode: (actor: Actor, input: CreateNode) => Promise<Pick<NodeDetail, 'id'>>;
}

type Outcome = ImportedNeighbours['items'][number];
type Wanted = ImportNeighbours['devices'][number];

/** The service that makes nodes of devices that neighbours tell of. */
export class ImportService {
  readonly #options: ImportServiceOptions;

  constructor(options: ImportServiceOptions) {
    this.#options = options;
  }

  /**
   * Makes a node of each device, by what it says of itself and what the caller says instead. Each stands for itself: one that cannot
   * become a node keeps no other from it. A device whose address a node has already is that node.
   */
  async import(actor: Actor, { devices, ...common }: ImportNeighbours): Promise<ImportedNeighbours> {
    // Each node is a transaction, and none of them is the whole call.
    const { call: _, ...maker } = actor;
    const known = new Map(
      (
        await findDevices(
          this.#options.db,
          devices.map(({ id }) => id),
        )
      ).map((row) => [row.id, row]),
    );
    const items: Outcome[] = [];
    for (const wanted of devices)
      items.push(await this.#importOne(maker, { wanted, device: known.get(wanted.id), common }));
    return { items };
  }

  async #importOne(
    actor: Actor,
    {
      wanted,
      device,
      common,
    }: { wanted: Wanted; device: ShownDeviceRow | undefined; common: Omit<ImportNeighbours, 'devices'> },
  ): Promise<Outcome> {
    const outcome = (node_id: string | null, problem: string | null, is_existing = false): Outcome => ({
      device_id: wanted.id,
      node_id,
      is_existing,
      problem,
    });
    if (device === undefined) return outcome(null, 'This device is not on the map any more.');
    const input = createNodeSchema.safeParse(nodeOf(wanted, device, common));
    if (!input.success) {
      const isAddress = input.error.issues.some(({ path }) => path[0] === 'ip_address');
      return outcome(
        null,
        isAddress
          ? 'Nobody tells an address of it: give one.'
          : 'What it says of itself makes no node: give a name.',
      );
    }
    try {
      return outcome((await this.#options.createNode(actor, input.data)).id, null);
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      const existing = (error.details?.['node'] as { id?: string } | undefined)?.id;
      return existing === undefined ? outcome(null, error.message) : outcome(existing, null, true);
    }
  }
}

/** What a device is as a node: what is not said stays out, so that the default of a node holds. */
function nodeOf(
  wanted: Wanted,
  { body, site_id }: ShownDeviceRow,
  common: Omit<ImportNeighbours, 'devices'>,
) {
  const told = 'role' in body ? body : undefined;
  // An address that is valid on one link alone reaches nobody from elsewhere.
  const address = told?.addresses.find((one) => !/^(?:fe[89ab][0-9a-f]:|169\.254\.)/i.test(one));
  return {
    name: wanted.name ?? told?.name ?? 'Unmanaged switch',
    ip_address: wanted.ip_address ?? address ?? '',
    node_type: wanted.node_type ?? (told ? NODE_TYPE_OF[told.role] : 'switch'),
    site_id: common.site_id ?? site_id,
    template: common.template,
    ...(common.collector_id !== undefined && { collector_id: common.collector_id }),
  };
}
