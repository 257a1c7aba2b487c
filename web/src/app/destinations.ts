import { BellRing, House, type LucideIcon, RadioTower, Server, Settings } from 'lucide-react';

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
      { to: '/alerts/definitions', label: 'Alert definitions' },
    ],
  },
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
      { to: '/settings/users', label: 'Users' },
      { to: '/settings/account', label: 'Your account' },
    ],
  },
];
