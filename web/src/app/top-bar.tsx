import { useQuery } from '@tanstack/react-query';
import {
  BellRing,
  CircleUser,
  Clock,
  LogOut,
  Menu as MenuIcon,
  Moon,
  Search,
  Sun,
  UserCog,
} from 'lucide-react';
import { Link, useNavigate } from 'react-router';
import { alertCountsQuery } from '../api/alerts.ts';
import { useListInterval } from '../api/live-context.ts';
import { summaryQuery } from '../api/resources.ts';
import { useLogout, useUser } from '../api/session.ts';
import { SEVERITY_LOOKS, SEVERITY_ORDER, SeverityIcon } from '../domain/alert-severity.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { zoneName } from '../ui/format/time.ts';
import { formatCount, plural } from '../ui/format/units.ts';
import { Menu, MenuHeading, MenuItem, MenuLink, MenuRadio, MenuSeparator } from '../ui/menu.tsx';
import { type ThemeChoice, useTheme } from '../ui/state/theme.ts';
import { useZone } from '../ui/state/zone.ts';
import { STATUS_LOOKS, STATUS_ORDER, StatusIcon } from '../ui/status.tsx';
import { LiveIndicator } from './live-indicator.tsx';

/** The statuses that are always shown, so that the row does not jump; the others only while some node has them. */
const ALWAYS_SHOWN = new Set(['critical', 'offline', 'warning', 'unknown', 'healthy']);

function StatusCounters() {
  const summary = useQuery({ ...summaryQuery, refetchInterval: useListInterval(30_000) });
  const counts = summary.data?.nodes.by_status;
  if (counts === undefined) return <div className="flex-1" />;
  const shown = STATUS_ORDER.filter((status) => ALWAYS_SHOWN.has(status) || counts[status] > 0);
  return (
    <nav aria-label="Nodes by status" className="min-w-0 flex-1 overflow-hidden">
      <ul className="flex flex-wrap items-center gap-0.5 max-md:h-11 max-md:justify-center md:h-8">
        {shown.map((status) => {
          const count = counts[status];
          const name = `${formatCount(count)} ${STATUS_LOOKS[status].label.toLowerCase()}`;
          return (
            <li
              key={status}
              className={classNames(count === 0 && 'max-md:hidden', status === 'healthy' && 'max-sm:hidden')}
            >
              <Link
                to={`/nodes?status=${status}`}
                title={name}
                aria-label={name}
                className="tabular flex h-8 items-center gap-1.5 rounded-md px-2 text-13 font-medium hover:bg-hover max-md:h-11"
              >
                <span className={count === 0 ? 'opacity-45' : ''}>
                  <StatusIcon status={status} />
                </span>
                <span className={count === 0 ? 'text-faint' : 'text-text'}>{formatCount(count)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The active alerts by severity; on a phone one link with their sum. */
function AlertCounters() {
  const counts = useQuery({ ...alertCountsQuery, refetchInterval: useListInterval(30_000) }).data;
  if (counts === undefined) return null;
  const all = plural(counts.active, 'active alert');
  const tone = SEVERITY_ORDER.find((severity) => counts.by_severity[severity] > 0);
  return (
    <nav aria-label="Active alerts" className="flex shrink-0 items-center">
      <Link
        to="/alerts"
        title={all}
        aria-label={all}
        className="tabular flex h-8 items-center gap-1.5 rounded-md px-2 text-13 font-medium hover:bg-hover max-md:h-11"
      >
        <BellRing
          size={16}
          aria-hidden
          className={tone === undefined ? 'text-faint' : SEVERITY_LOOKS[tone].text}
        />
        <span className={classNames('lg:hidden', counts.active === 0 ? 'text-faint' : 'text-text')}>
          {formatCount(counts.active)}
        </span>
      </Link>
      <ul className="flex items-center gap-0.5 max-lg:hidden">
        {SEVERITY_ORDER.map((severity) => {
          const count = counts.by_severity[severity];
          if (count === 0 && severity === 'info') return null;
          const name = plural(count, `${SEVERITY_LOOKS[severity].label.toLowerCase()} alert`);
          return (
            <li key={severity}>
              <Link
                to={`/alerts?severity=${severity}`}
                title={name}
                aria-label={name}
                className="tabular flex h-8 items-center gap-1.5 rounded-md px-1.5 text-13 font-medium hover:bg-hover"
              >
                <span className={count === 0 ? 'opacity-45' : ''}>
                  <SeverityIcon severity={severity} size={14} />
                </span>
                <span className={count === 0 ? 'text-faint' : 'text-text'}>{formatCount(count)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

const ZONES = [
  { value: 'local', label: `Local time (${zoneName('local')})` },
  { value: 'utc', label: 'UTC' },
] as const;
const THEMES = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'system', label: 'Same as this device' },
] as const satisfies readonly { value: ThemeChoice; label: string }[];

function UserMenu() {
  const user = useUser();
  const logout = useLogout();
  const navigate = useNavigate();
  const { choice, choose } = useTheme();
  const [zone, setZone] = useZone();
  return (
    <Menu
      trigger={
        <IconButton label={`Menu of ${user.username}`}>
          <CircleUser size={18} aria-hidden />
        </IconButton>
      }
    >
      <div className="px-2 pt-1.5 pb-1">
        <div className="text-13 font-medium">{user.display_name ?? user.username}</div>
        <div className="text-12 text-faint">
          {user.username}, {user.role}
        </div>
      </div>
      <MenuSeparator />
      <MenuHeading>Theme</MenuHeading>
      <MenuRadio value={choice} onChange={choose} options={THEMES} />
      <MenuHeading>Times are shown in</MenuHeading>
      <MenuRadio value={zone} onChange={setZone} options={ZONES} />
      <MenuSeparator />
      <MenuLink to="/settings/account" icon={<UserCog size={14} aria-hidden />}>
        Your account
      </MenuLink>
      <MenuItem
        icon={<LogOut size={14} aria-hidden />}
        onSelect={() => logout.mutate(undefined, { onSettled: () => void navigate('/login') })}
      >
        Log out
      </MenuItem>
    </Menu>
  );
}

export function TopBar({ onMenu, onSearch }: { readonly onMenu: () => void; readonly onSearch: () => void }) {
  const { theme, choose } = useTheme();
  const [zone, setZone] = useZone();
  return (
    <header className="sticky top-0 z-20 flex h-12 shrink-0 items-center gap-1 border-b border-line bg-surface px-2 md:gap-2 md:px-4">
      <IconButton label="Open the navigation" onClick={onMenu} className="md:hidden">
        <MenuIcon size={18} aria-hidden />
      </IconButton>
      <StatusCounters />
      <AlertCounters />
      <LiveIndicator />
      <Button
        onClick={onSearch}
        icon={<Search size={14} aria-hidden />}
        className="min-w-44 justify-start text-faint max-md:hidden"
      >
        <span className="flex-1 text-left font-normal">Search</span>
        <kbd className="rounded-sm border border-line bg-canvas px-1 font-sans text-12">Ctrl K</kbd>
      </Button>
      <IconButton label="Search" onClick={onSearch} className="md:hidden">
        <Search size={18} aria-hidden />
      </IconButton>
      <Button
        look="ghost"
        className="max-lg:hidden"
        icon={<Clock size={14} aria-hidden />}
        aria-label={`${zone === 'utc' ? 'UTC' : 'Local'} is the time zone shown. Change it to ${zoneName(zone === 'utc' ? 'local' : 'utc')}`}
        title={`Times are in ${zoneName(zone)}`}
        onClick={() => setZone(zone === 'utc' ? 'local' : 'utc')}
      >
        {zone === 'utc' ? 'UTC' : 'Local'}
      </Button>
      <IconButton
        label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
        onClick={() => choose(theme === 'dark' ? 'light' : 'dark')}
        className="max-md:hidden"
      >
        {theme === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
      </IconButton>
      <UserMenu />
    </header>
  );
}
