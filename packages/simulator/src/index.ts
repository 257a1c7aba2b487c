export type { Behaviour, DeviceSpec, PlainBehaviour } from './device-spec.ts';
export { PLAIN_BEHAVIOURS } from './device-spec.ts';
export { MibImage } from './mib-image.ts';
export type { MibObject, MibValue } from './mib-object.ts';
export type { NetworkDeviceShape } from './network-device.ts';
export { countAt, networkDeviceObjects } from './network-device.ts';
export type { Plant, PlantDevice, PlantOptions } from './plant.ts';
export { startPlant } from './plant.ts';
export { deviceObjects } from './profiles/device-objects.ts';
export type {
  DeviceProfile,
  DiskProfile,
  PortProfile,
  SensorProfile,
  StorageProfile,
} from './profiles/device-profile.ts';
export { type Flow, flowBetween, fraction, type Level, levelAt } from './profiles/moving-value.ts';
export type { SimulatorOptions } from './run-simulator.ts';
export { loopbackAddresses, runSimulator } from './run-simulator.ts';
export { type WiredLink, type WiredLinkEnd, wiredLinks } from './wiring/wired-links.ts';
export { WiredObjects } from './wiring/wired-objects.ts';
export {
  type Cable,
  type CableEnd,
  type PortIdKind,
  type PortRange,
  type Speech,
  type WiredAggregate,
  type WiredDevice,
  type WiredGuest,
  type WiredKind,
  type WiredPort,
  type Wiring,
  wiredPorts,
} from './wiring/wiring.ts';
