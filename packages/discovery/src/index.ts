export type { DeviceIdentity } from '@stratora/contract';
