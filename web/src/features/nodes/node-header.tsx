import type { NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock, ChevronRight, Ellipsis, Pencil, Trash2, TriangleAlert, Wrench } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { componentQuery } from '../../api/components.ts';
import { useCreateWindow } from '../../api/maintenance-windows.ts';
import { useDeleteNode } from '../../api/nodes.ts';
import { useMay } from '../../api/permission.ts';
import { MaintenanceBanner } from '../../domain/maintenance-banner.tsx';
import { MaintenanceStart } from '../../domain/maintenance-start.tsx';
import { nodeTypeName } from '../../domain/node-types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { browserZone } from '../../ui/format/zone-time.ts';
import { Menu, MenuItem, MenuLink } from '../../ui/menu.tsx';
import { serverNow, useNow } from '../../ui/state/clock.ts';
import { STATUS_LOOKS, StatusIcon } from '../../ui/status.tsx';
import { Ago, Since } from '../../ui/time-text.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { CollectorNotice } from './collector-notice.tsx';
import { dataAge } from './data-age.ts';
import { EngineWords } from './engine-words.tsx';
import { NodeFormDialog } from './node-form.tsx';
import { adviseCollection, describeCollection } from './node-words.ts';

/** The head of a node's page: whether it is well, since when, and why. */
export function NodeHeader({ node }: { readonly node: NodeDetail }) {
  const look = STATUS_LOOKS[node.status];
  const troubles = node.collection.filter(({ status }) => status !== 'ok');
  return (
    <header className="flex flex-col gap-4">
      <nav aria-label="Path" className="flex items-center gap-1 text-13 text-faint">
        <Link to="/nodes" className="hover:text-text hover:underline">
          Nodes
        </Link>
        <ChevronRight size={14} aria-hidden />
        <Link to={`/nodes?site=${node.site_id}`} className="truncate hover:text-text hover:underline">
          {node.site_name}
        </Link>
      </nav>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div
          className={classNames('flex size-12 shrink-0 items-center justify-center rounded-md', look.soft)}
        >
          <StatusIcon status={node.status} size={26} />
        </div>
        <div className="min-w-0 flex-1">
          <h1 className="text-20 font-semibold tracking-tight break-words">{node.name}</h1>
          <p className="text-14">
            <span className={classNames('font-medium', look.text)}>{look.label}</span>
            <span className="text-soft">
              {' '}
              for <Since time={node.status_since} />
              {node.status_reason !== null && node.status !== 'healthy' && `. ${node.status_reason}`}
            </span>
          </p>
        </div>
        <NodeActions node={node} />
      </div>
      <HeaderFacts node={node} />
      <MaintenanceBanner nodeId={node.id} />
      <CollectorNotice node={node} />
      {troubles.map((state) => (
        <div
          key={state.input}
          role="status"
          className="flex gap-3 rounded-md border border-warning bg-warning-soft px-3 py-2 text-13"
        >
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-warning" />
          <div className="min-w-0">
            <p className="font-medium">
              {describeCollection(state)} for <Since time={state.since} />
            </p>
            {state.message !== '' && <p className="break-words text-soft">{state.message}</p>}
            <p className="text-soft">{adviseCollection(state)}</p>
            <EngineWords detail={state.detail} />
          </div>
        </div>
      ))}
    </header>
  );
}

function HeaderFact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="flex min-h-6 min-w-0 items-center text-13">{children}</dd>
    </div>
  );
}

function HeaderFacts({ node }: { readonly node: NodeDetail }) {
  const now = useNow();
  const componentId = node.collector_id ?? node.agent_id;
  const component = useQuery({ ...componentQuery(componentId ?? ''), enabled: componentId !== null }).data;
  const age = dataAge(node.last_seen_at, now);
  const collectedBy = node.agent_id === null ? (component?.name ?? 'a collector') : 'its own agent';
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      <HeaderFact label="Address">
        <span className="truncate font-mono text-12">{node.ip_address}</span>
        <CopyButton text={node.ip_address} label="Copy the address" />
      </HeaderFact>
      <HeaderFact label="Data">
        {age.seconds === undefined ? (
          <span className="text-faint">none yet</span>
        ) : (
          <span className={classNames('tabular', age.stale && 'font-medium text-warning')}>
            {age.stale ? 'stopped ' : ''}
            <Ago time={node.last_seen_at} />
          </span>
        )}
      </HeaderFact>
      <HeaderFact label="Collected by">
        {componentId === null ? (
          <span className="font-medium text-warning">nobody</span>
        ) : (
          <Link
            to={`/collection/components/${componentId}`}
            className="truncate text-accent-text hover:underline"
          >
            {collectedBy}
          </Link>
        )}
        {node.collector_id !== null && !node.collector_chosen && (
          <span className="ml-1.5 text-faint">of its site</span>
        )}
      </HeaderFact>
      <HeaderFact label="Template">{node.template}</HeaderFact>
      <HeaderFact label="Type">{nodeTypeName(node.node_type)}</HeaderFact>
      {node.os !== null && <HeaderFact label="Operating system">{node.os}</HeaderFact>}
      {node.environment !== null && <HeaderFact label="Environment">{node.environment}</HeaderFact>}
    </dl>
  );
}

function NodeActions({ node }: { readonly node: NodeDetail }) {
  const may = useMay();
  const navigate = useNavigate();
  const remove = useDeleteNode();
  const rest = useCreateWindow();
  const [deleting, setDeleting] = useState(false);
  const [resting, setResting] = useState(false);
  const [parameters, setParameters] = useSearchParams();
  const begin = async (seconds: number, reason: string | null) => {
    const now = serverNow();
    await rest.mutateAsync({
      name: `Maintenance of ${node.name}`.slice(0, 200),
      scope: { type: 'node', id: node.id },
      starts_at: new Date(now).toISOString(),
      ends_at: new Date(now + seconds * 1000).toISOString(),
      timezone: browserZone(),
      reason,
    });
    tellDone(`Maintenance of ${node.name} is running`);
  };
  const edit = (open: boolean) => {
    const next = new URLSearchParams(parameters);
    if (open) next.set('edit', '1');
    else next.delete('edit');
    setParameters(next, { replace: !open });
  };
  if (!may('node.write')) return null;
  return (
    <div className="flex items-center gap-2">
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
        Edit
      </Button>
      <Menu
        trigger={
          <IconButton label="More actions">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        {may('maintenance.write') && (
          <>
            <MenuItem icon={<Wrench size={14} aria-hidden />} onSelect={() => setResting(true)}>
              Maintenance now
            </MenuItem>
            <MenuLink
              to={`/maintenance?add=1&node=${node.id}`}
              icon={<CalendarClock size={14} aria-hidden />}
            >
              Plan maintenance
            </MenuLink>
          </>
        )}
        {may('node.delete') && (
          <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setDeleting(true)}>
            Delete node
          </MenuItem>
        )}
      </Menu>
      <MaintenanceStart open={resting} place={node.name} onBegin={begin} onClose={() => setResting(false)} />
      <NodeFormDialog open={parameters.get('edit') !== null} node={node} onClose={() => edit(false)} />
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title={`Delete ${node.name}?`}
        confirmLabel="Delete node"
        danger
        typeToConfirm={node.name}
        onConfirm={async () => {
          await remove.mutateAsync(node.id);
          tellDone(`${node.name} deleted`);
          await navigate('/nodes');
        }}
      >
        It is no longer monitored. What was measured stays until its retention ends. This cannot be undone.
      </ConfirmDialog>
    </div>
  );
}
