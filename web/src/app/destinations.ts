import {
  BellRing,
  House,
  type LucideIcon,
  RadioTower,
  ScanSearch,
  Server,
  Settings,
  Waypoints,
  Wrench,
} from 'lucide-react';

export interface Destination {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Pages below it, for the search. */
  readonly pages?: readonly { readonly to: string; readonly label: string }[];
}

export const DESTINATIONS: readonly Destination[] = [
  { to: '/', label: 'Home', icon: House },
  { to: '/nodes', label: 'Nodes', icon: Server },
  {
    to: '/alerts',
    label: 'Alerts',
    icon: BellRing,
    pages: [
      { to: '/alerts/history', label: 'History of alerts' },
      { to: '/alerts/deliveries', label: 'Deliveries: who was told' },
      { to: '/alerts/definitions', label: 'Alert definitions' },
    ],
  },
  {
    to: '/topology',
    label: 'Topology',
    icon: Waypoints,
    pages: [
      { to: '/topology/cabling', label: 'Approved cabling' },
      { to: '/topology/unknown', label: 'Unknown neighbours' },
      { to: '/topology/single-points', label: 'Single points of failure' },
      { to: '/topology/where', label: 'Find a MAC or IP address' },
    ],
  },
  {
    to: '/maintenance',
    label: 'Maintenance',
    icon: Wrench,
    pages: [{ to: '/maintenance?view=calendar', label: 'Calendar of maintenance' }],
  },
  { to: '/discovery', label: 'Discovery', icon: ScanSearch },
  {
    to: '/collection',
    label: 'Collection',
    icon: RadioTower,
    pages: [
      { to: '/collection/collectors', label: 'Collectors' },
      { to: '/collection/agents', label: 'Agents' },
      { to: '/collection/gaps', label: 'Gaps' },
      { to: '/collection/tokens', label: 'Enrollment tokens' },
    ],
  },
  {
    to: '/settings',
    label: 'Settings',
    icon: Settings,
    pages: [
      { to: '/settings/sites', label: 'Sites' },
      { to: '/settings/credentials', label: 'Credentials' },
      { to: '/settings/templates', label: 'Device templates' },
      { to: '/settings/template-proposal', label: 'A template from a walk' },
      { to: '/settings/channels', label: 'Notification channels' },
      { to: '/settings/teams', label: 'Escalation teams and on-call' },
      { to: '/settings/users', label: 'Users' },
      { to: '/settings/account', label: 'Your account' },
    ],
  },
];
