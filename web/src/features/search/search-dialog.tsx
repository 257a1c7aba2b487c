import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type LucideIcon, MapPin, MapPinned, Moon, Plus, Search, Sun } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { nodeSearchQuery } from '../../api/nodes.ts';
import { type Action, useMay } from '../../api/permission.ts';
import { sitesQuery } from '../../api/resources.ts';
import { whereQuery } from '../../api/topology.ts';
import { readAddress, whereAddress } from '../../domain/address-text.ts';
import { classNames } from '../../ui/class-names.ts';
import { StatusIcon } from '../../ui/status.tsx';
import { matchesWords } from './match-words.ts';
import { whereNote } from './where-note.ts';

interface SearchDialogProps {
  readonly destinations: readonly {
    readonly to: string;
    readonly label: string;
    readonly icon: LucideIcon;
    readonly pages?: readonly { readonly to: string; readonly label: string }[];
  }[];
  readonly theme: 'dark' | 'light';
  readonly onTheme: (theme: 'dark' | 'light') => void;
  readonly onClose: () => void;
}

interface Entry {
  readonly id: string;
  readonly group: 'Addresses' | 'Nodes' | 'Sites' | 'Pages' | 'Actions';
  readonly label: string;
  readonly note?: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

const ACTIONS: readonly { readonly label: string; readonly to: string; readonly needs: Action }[] = [
  { label: 'Add a node', to: '/nodes?add=1', needs: 'node.write' },
  { label: 'Discover a network', to: '/discovery/new', needs: 'discovery.write' },
  { label: 'Add a collector', to: '/collection/collectors?add=collector', needs: 'enrollment.manage' },
  { label: 'Add an agent', to: '/collection/agents?add=agent', needs: 'enrollment.manage' },
  { label: 'Add a credential', to: '/settings/credentials?add=1', needs: 'credential.manage' },
  { label: 'Add a site', to: '/settings/sites?add=1', needs: 'site.write' },
  { label: 'Add a notification channel', to: '/settings/channels?add=1', needs: 'channel.manage' },
  { label: 'Set up the mail server', to: '/settings/channels?mail=1', needs: 'channel.manage' },
  { label: 'Add an escalation team', to: '/settings/teams?add=1', needs: 'team.manage' },
  { label: 'Plan maintenance', to: '/maintenance?add=1', needs: 'maintenance.write' },
];

function useEntries(text: string, props: SearchDialogProps): readonly Entry[] {
  const navigate = useNavigate();
  const may = useMay();
  const { destinations, theme, onTheme, onClose } = props;
  const nodes = useQuery({ ...nodeSearchQuery(text.trim()), placeholderData: keepPreviousData });
  const sites = useQuery(sitesQuery);
  const place = useMemo(() => readAddress(text), [text]);
  const where = useQuery({ ...whereQuery(place ?? {}), enabled: place !== undefined });
  return useMemo(() => {
    const go = (to: string) => () => {
      onClose();
      void navigate(to);
    };
    const found: Entry[] = [];
    if (place !== undefined) {
      found.push({
        id: 'where',
        group: 'Addresses',
        label: `Where is ${place.mac ?? place.ip}?`,
        note: whereNote(where.data, where.isFetching),
        icon: <MapPinned size={16} aria-hidden className="text-faint" />,
        run: go(whereAddress(place)),
      });
    }
    if (text.trim() !== '') {
      for (const node of nodes.data?.items ?? []) {
        found.push({
          id: node.id,
          group: 'Nodes',
          label: node.name,
          note: `${node.ip_address}, ${node.site_name}`,
          icon: <StatusIcon status={node.status} />,
          run: go(`/nodes/${node.id}`),
        });
      }
      for (const site of (sites.data ?? []).filter(({ name }) => matchesWords(name, text)).slice(0, 5)) {
        found.push({
          id: site.id,
          group: 'Sites',
          label: site.name,
          note: `${site.node_count} nodes`,
          icon: <MapPin size={16} aria-hidden className="text-faint" />,
          run: go(`/nodes?site=${site.id}`),
        });
      }
    }
    for (const { to, label, icon: Icon, pages = [] } of destinations) {
      for (const page of [{ to, label }, ...pages]) {
        if (!matchesWords(`${label} ${page.label}`, text)) continue;
        found.push({
          id: page.to,
          group: 'Pages',
          label: page.label,
          ...(page.label === label ? {} : { note: label }),
          icon: <Icon size={16} aria-hidden className="text-faint" />,
          run: go(page.to),
        });
      }
    }
    for (const { label, to, needs } of ACTIONS) {
      if (!may(needs) || !matchesWords(label, text)) continue;
      found.push({
        id: to,
        group: 'Actions',
        label,
        icon: <Plus size={16} aria-hidden className="text-faint" />,
        run: go(to),
      });
    }
    const other = theme === 'dark' ? 'light' : 'dark';
    if (matchesWords(`Use the ${other} theme`, text)) {
      found.push({
        id: 'theme',
        group: 'Actions',
        label: `Use the ${other} theme`,
        icon:
          other === 'dark' ? (
            <Moon size={16} aria-hidden className="text-faint" />
          ) : (
            <Sun size={16} aria-hidden className="text-faint" />
          ),
        run: () => {
          onTheme(other);
          onClose();
        },
      });
    }
    return found;
  }, [
    text,
    place,
    where.data,
    where.isFetching,
    nodes.data,
    sites.data,
    destinations,
    may,
    theme,
    onTheme,
    onClose,
    navigate,
  ]);
}

/** Nodes, sites, pages and actions by their names; arrows move, Enter goes. */
export function SearchDialog(props: SearchDialogProps) {
  const [text, setText] = useState('');
  const deferred = useDeferredValue(text);
  const entries = useEntries(deferred, props);
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, Math.max(entries.length - 1, 0));
  const move = (by: number) => setChosen((at + by + entries.length) % Math.max(entries.length, 1));
  return (
    <BaseDialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-overlay" />
        <BaseDialog.Popup
          aria-label="Search"
          className="fixed top-[10vh] left-1/2 z-50 flex max-h-[70dvh] w-[calc(100vw-24px)] -translate-x-1/2 flex-col overflow-hidden rounded-md border border-line-strong bg-raised shadow-(--shadow) outline-none sm:max-w-xl"
        >
          <div className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line px-4">
            <Search size={16} aria-hidden className="text-faint" />
            <input
              role="combobox"
              aria-label="Search nodes, sites, pages and actions"
              aria-expanded
              aria-controls="search-results"
              aria-activedescendant={entries[at] === undefined ? undefined : `search-${at}`}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this field
              autoFocus
              value={text}
              placeholder="Nodes, sites, pages, actions, a MAC or IP"
              className="h-full min-w-0 flex-1 bg-transparent text-16 outline-none"
              onChange={(event) => {
                setText(event.target.value);
                setChosen(0);
              }}
              onKeyDown={(event) => {
                if (event.key === 'ArrowDown') move(1);
                else if (event.key === 'ArrowUp') move(-1);
                else if (event.key === 'Enter') entries[at]?.run();
                else return;
                event.preventDefault();
              }}
            />
          </div>
          <Results entries={entries} at={at} onPoint={setChosen} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

function Results({
  entries,
  at,
  onPoint,
}: {
  readonly entries: readonly Entry[];
  readonly at: number;
  readonly onPoint: (index: number) => void;
}) {
  if (entries.length === 0) return <p className="px-4 py-8 text-center text-soft">Nothing has this name.</p>;
  return (
    <div
      id="search-results"
      role="listbox"
      aria-label="Results"
      className="min-h-0 flex-1 overflow-y-auto p-2"
    >
      {entries.map((entry, index) => (
        <div key={entry.id}>
          {entries[index - 1]?.group !== entry.group && (
            <div role="presentation" className="px-2 pt-2 pb-1 text-12 text-faint">
              {entry.group}
            </div>
          )}
          {/* The field keeps the focus and names the option that is on: no key handler belongs here. */}
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
          <div
            id={`search-${index}`}
            role="option"
            aria-selected={index === at}
            ref={(element) => {
              if (index === at) element?.scrollIntoView({ block: 'nearest' });
            }}
            onMouseMove={() => index !== at && onPoint(index)}
            onClick={entry.run}
            className={classNames(
              'flex min-h-9 items-center gap-2.5 rounded-sm px-2 text-14 max-md:min-h-11',
              index === at && 'bg-active',
            )}
          >
            {entry.icon}
            <span className="min-w-0 truncate">{entry.label}</span>
            {entry.note !== undefined && (
              <span className="ml-auto min-w-0 truncate pl-3 text-12 text-faint">{entry.note}</span>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
