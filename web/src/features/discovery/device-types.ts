import type { DeviceType } from '@stratora/contract';
import { deviceTypeName } from './device-words.ts';

/** The types of devices, as the server has them too. */
export const DEVICE_TYPE_ORDER: readonly DeviceType[] = [
  'switch',
  'router',
  'firewall',
  'wireless',
  'server',
  'hypervisor',
  'nas',
  'ups',
  'pdu',
  'printer',
  'sensor',
  'camera',
  'phone',
  'plc',
  'computer',
  'other',
];

export const DEVICE_TYPE_OPTIONS = DEVICE_TYPE_ORDER.map((value) => ({
  value,
  label: deviceTypeName(value),
}));
