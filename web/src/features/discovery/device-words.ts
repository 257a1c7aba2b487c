import type { DeviceType, DiscoveredDevice, DiscoveryChange, IdentityKeyKind } from '@stratora/contract';
import { deviceLine } from '../../ui/format/device-text.ts';
import { formatCount } from '../../ui/format/units.ts';
import type { Tone } from '../../ui/tone.tsx';

type Named = Pick<DiscoveredDevice, 'hostname' | 'sys_name' | 'ip_address'>;

/** What a device is called: as it calls itself, as DNS does, or by its address. */
export function deviceName({ sys_name: own, hostname, ip_address: address }: Named): string {
  return [own, hostname].map((name) => deviceLine(name ?? '')).find((name) => name !== '') ?? address;
}

const TYPE_NAMES: Readonly<Record<DeviceType, string>> = {
  switch: 'Switch',
  router: 'Router',
  firewall: 'Firewall',
  wireless: 'Wireless',
  server: 'Server',
  hypervisor: 'Hypervisor',
  nas: 'Storage',
  ups: 'UPS',
  pdu: 'PDU',
  printer: 'Printer',
  sensor: 'Sensor',
  camera: 'Camera',
  phone: 'Phone',
  plc: 'PLC',
  computer: 'Computer',
  other: 'Other',
};

export function deviceTypeName(type: DeviceType): string {
  return TYPE_NAMES[type];
}

interface Look {
  readonly label: string;
  readonly tone: Tone;
}

const STATE_LOOKS: Readonly<Record<DiscoveredDevice['state'], Look>> = {
  new: { label: 'New', tone: 'info' },
  monitored: { label: 'Monitored', tone: 'good' },
  ignored: { label: 'Ignored', tone: 'neutral' },
  gone: { label: 'Gone', tone: 'warn' },
};

/** The state of a device; of one that is known and otherwise than before, that. */
export function deviceLook({
  state,
  last_change: change,
}: Pick<DiscoveredDevice, 'state' | 'last_change'>): Look {
  const look = STATE_LOOKS[state];
  if (change === 'changed' && state !== 'gone') return { label: `${look.label}, changed`, tone: look.tone };
  return change === 'back' && state !== 'gone' ? { label: `${look.label}, back`, tone: look.tone } : look;
}

const CHANGE_LOOKS: Readonly<Record<DiscoveryChange['change'], Look>> = {
  new: { label: 'New', tone: 'info' },
  changed: { label: 'Changed', tone: 'neutral' },
  gone: { label: 'Gone', tone: 'warn' },
  back: { label: 'Back', tone: 'good' },
};

export function changeLook({ change }: Pick<DiscoveryChange, 'change'>): Look {
  return CHANGE_LOOKS[change];
}

const KEY_NAMES: Readonly<Record<IdentityKeyKind, string>> = {
  serial: 'Serial number',
  engine_id: 'SNMP engine id',
  base_mac: 'MAC address of the chassis',
  chassis_id: 'Chassis id',
  addresses: 'Its own addresses',
};

export function keyName(kind: IdentityKeyKind): string {
  return KEY_NAMES[kind];
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  ip_address: 'Address',
  addresses: 'Addresses',
  hostname: 'Name in DNS',
  sys_name: 'System name',
  sys_descr: 'System description',
  sys_object_id: 'sysObjectID',
  vendor: 'Vendor',
  model: 'Model',
  serial: 'Serial number',
  firmware: 'Firmware',
  os: 'Operating system',
  family: 'Family',
  device_type: 'Type',
  template: 'Template',
  credential_id: 'Credential',
  credential: 'Credential',
  mac_address: 'MAC address',
  mac_vendor: 'MAC vendor',
  open_ports: 'Open ports',
  web: 'Web server',
  certificate: 'Certificate',
  neighbours: 'Neighbours',
};

/** Names a field that changed; one that is not known here by its own name. */
export function changedFieldName(field: string): string {
  const name = Object.hasOwn(FIELD_NAMES, field) ? FIELD_NAMES[field] : undefined;
  if (name !== undefined) return name;
  const words = field.replaceAll(/[_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What listens at a port by custom. */
const PORT_NAMES: Readonly<Record<number, string>> = {
  21: 'FTP',
  22: 'SSH',
  23: 'Telnet',
  25: 'SMTP',
  53: 'DNS',
  80: 'HTTP',
  102: 'S7',
  135: 'RPC',
  139: 'NetBIOS',
  389: 'LDAP',
  443: 'HTTPS',
  445: 'SMB',
  502: 'Modbus',
  515: 'LPD',
  554: 'RTSP',
  631: 'IPP',
  902: 'vSphere',
  1433: 'SQL Server',
  3306: 'MySQL',
  3389: 'RDP',
  4840: 'OPC UA',
  5060: 'SIP',
  5432: 'PostgreSQL',
  5900: 'VNC',
  5985: 'WinRM',
  8006: 'Proxmox',
  8080: 'HTTP',
  8443: 'HTTPS',
  9100: 'raw printing',
  44_818: 'EtherNet/IP',
};

/** "22 SSH", "443 HTTPS", "7001". */
export function portWords(port: number): string {
  const name = PORT_NAMES[port];
  return name === undefined ? String(port) : `${port} ${name}`;
}

/** "10.0.0.1 +7": by which it is asked, and how many more it has. */
export function addressesWords({
  ip_address: first,
  addresses,
}: Pick<DiscoveredDevice, 'ip_address' | 'addresses'>): string {
  const more = addresses.filter((address) => address !== first).length;
  return more === 0 ? first : `${first} +${formatCount(more)}`;
}
