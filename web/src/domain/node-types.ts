/** What kinds of devices a node can be, in words and as a picture. */
import {
  Antenna,
  BatteryCharging,
  Box,
  Boxes,
  BrickWallShield,
  Camera,
  Cpu,
  Globe,
  HardDrive,
  Laptop,
  type LucideIcon,
  MonitorCog,
  Network,
  Plug,
  Printer,
  Router,
  Server,
  Split,
  Thermometer,
  Wifi,
} from 'lucide-react';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  server: 'Server',
  workstation: 'Workstation',
  virtual_machine: 'Virtual machine',
  hypervisor: 'Hypervisor',
  switch: 'Switch',
  router: 'Router',
  firewall: 'Firewall',
  wireless_controller: 'Wireless controller',
  access_point: 'Access point',
  load_balancer: 'Load balancer',
  storage: 'Storage',
  ups: 'UPS',
  pdu: 'PDU',
  printer: 'Printer',
  camera: 'Camera',
  plc: 'PLC',
  hmi: 'HMI',
  iot: 'IoT device',
  sensor: 'Sensor',
  website: 'Website',
  other: 'Other',
};

export const NODE_TYPE_OPTIONS = Object.entries(TYPE_NAMES).map(([value, label]) => ({ value, label }));

export function nodeTypeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

/** The picture of each type; a box stands for one that has none. */
export const NODE_TYPE_ICONS: Readonly<Record<string, LucideIcon>> = {
  server: Server,
  workstation: Laptop,
  virtual_machine: Box,
  hypervisor: Boxes,
  switch: Network,
  router: Router,
  firewall: BrickWallShield,
  wireless_controller: Antenna,
  access_point: Wifi,
  load_balancer: Split,
  storage: HardDrive,
  ups: BatteryCharging,
  pdu: Plug,
  printer: Printer,
  camera: Camera,
  plc: Cpu,
  hmi: MonitorCog,
  iot: Cpu,
  sensor: Thermometer,
  website: Globe,
};
