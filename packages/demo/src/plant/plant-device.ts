import type { CreateNode } from '@stratora/contract';
import type { DeviceProfile, Wiring } from '@stratora/simulator';
import type { Cable } from './cabling.ts';
import type { ModelName } from './model.ts';
import type { DemoSite } from './site-list.ts';

/** A device of the plant: the node that it is entered as, and the data that it reports. */
export interface PlantDevice {
  readonly name: string;
  readonly site: DemoSite;
  readonly model: ModelName;
  readonly nodeType: CreateNode['node_type'];
  /** Address at which it is polled. */
  readonly address: string;
  readonly community: CommunityName;
  readonly profile: DeviceProfile;
  /** Time (Unix seconds) from which on it does not answer. */
  readonly diesAt?: number | undefined;
}

/** Name of the credential that a device accepts. */
export type CommunityName = 'network' | 'facility';

export interface DemoPlant {
  readonly sites: readonly DemoSite[];
  readonly devices: readonly PlantDevice[];
  readonly cables: readonly Cable[];
  /** How it is wired, down to the computers at the desks. */
  readonly wiring: Wiring;
}
