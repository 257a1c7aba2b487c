import type { CreateNode } from '@stratora/contract';
import type { DeviceProfile } from '@stratora/simulator';
import type { Cable } from './cabling.ts';
import type { ModelName } from './model.ts';
import type { DemoSite } from './site-list.ts';

/** A device of the plant: how it is entered as a node, and what it tells. */
export interface PlantDevice {
  readonly name: string;
  readonly site: DemoSite;
  readonly model: ModelName;
  readonly nodeType: CreateNode['node_type'];
  /** Where it is polled. */
  readonly address: string;
  readonly community: CommunityName;
  readonly profile: DeviceProfile;
  /** Unix seconds from which on it does not answer. */
  readonly diesAt?: number | undefined;
}

/** Whose login a device takes. */
export type CommunityName = 'network' | 'facility';

export interface DemoPlant {
  readonly sites: readonly DemoSite[];
  readonly devices: readonly PlantDevice[];
  readonly cables: readonly Cable[];
}
