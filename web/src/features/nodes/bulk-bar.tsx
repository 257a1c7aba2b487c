import type { BulkNodes, Component } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { collectorChoices } from '../../api/collector-choice.ts';
import { useBulkNodes } from '../../api/nodes.ts';
import { useMay } from '../../api/permission.ts';
import { sitesQuery } from '../../api/resources.ts';
import { MaintenanceStart } from '../../domain/maintenance-start.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { plural } from '../../ui/format/units.ts';
import { Menu, MenuHeading, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';

interface BulkBarProps {
  readonly selected: ReadonlySet<string>;
  readonly collectors: readonly Component[];
  readonly onDone: () => void;
}

/** The bar of what can be done with all selected nodes at once. */
export function BulkBar({ selected, collectors, onDone }: BulkBarProps) {
  const sites = useQuery(sitesQuery);
  const bulk = useBulkNodes();
  const may = useMay();
  const [deleting, setDeleting] = useState(false);
  const [resting, setResting] = useState(false);
  const ids = [...selected];
  const run = async (body: BulkNodes, done: string) => {
    const { affected } = await bulk.mutateAsync(body);
    tellDone(affected === 0 ? 'There was nothing to change' : `${plural(affected, 'node')} ${done}`);
    onDone();
  };
  const attempt = (body: BulkNodes, done: string) => {
    run(body, done).catch((error: unknown) => tellFailure('The nodes were not changed', error));
  };
  return (
    <div
      role="toolbar"
      aria-label="Selected nodes"
      className="sticky bottom-4 z-10 mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-md border border-line-strong bg-raised py-2 pr-2 pl-4 shadow-(--shadow)"
    >
      <span role="status" className="tabular mr-2 text-13 font-medium">
        {plural(selected.size, 'node')} selected
      </span>
      <Menu align="start" trigger={<Button disabled={bulk.isPending}>Move to site</Button>}>
        <MenuHeading>Move to</MenuHeading>
        {(sites.data ?? []).map((site) => (
          <MenuItem
            key={site.id}
            onSelect={() =>
              attempt({ node_ids: ids, action: 'move_to_site', site_id: site.id }, `moved to ${site.name}`)
            }
          >
            {site.name}
          </MenuItem>
        ))}
      </Menu>
      <Menu align="start" trigger={<Button disabled={bulk.isPending}>Assign collector</Button>}>
        <MenuHeading>Poll from</MenuHeading>
        <MenuItem
          onSelect={() =>
            attempt(
              { node_ids: ids, action: 'assign_collector', collector_id: null },
              'given to the collectors of their sites',
            )
          }
        >
          The collectors of their sites
        </MenuItem>
        <MenuSeparator />
        {collectorChoices(collectors).map(({ value, label }) => (
          <MenuItem
            key={value}
            onSelect={() =>
              attempt(
                { node_ids: ids, action: 'assign_collector', collector_id: value },
                `assigned to ${label}`,
              )
            }
          >
            {label}
          </MenuItem>
        ))}
      </Menu>
      {may('maintenance.write') && (
        <Button disabled={bulk.isPending} onClick={() => setResting(true)}>
          Maintenance
        </Button>
      )}
      {may('node.delete') && (
        <Button disabled={bulk.isPending} onClick={() => setDeleting(true)} className="text-critical">
          Delete
        </Button>
      )}
      <IconButton label="Clear the selection" onClick={onDone}>
        <X size={16} aria-hidden />
      </IconButton>
      <MaintenanceStart
        open={resting}
        place={plural(selected.size, 'node')}
        onBegin={(seconds, reason) =>
          run(
            { node_ids: ids, action: 'maintenance', for_seconds: seconds, reason },
            `${selected.size === 1 ? 'is' : 'are'} in maintenance`,
          )
        }
        onClose={() => setResting(false)}
      />
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        title={`Delete ${plural(selected.size, 'node')}?`}
        confirmLabel={`Delete ${plural(selected.size, 'node')}`}
        danger
        typeToConfirm={`delete ${selected.size}`}
        onConfirm={() => run({ node_ids: ids, action: 'delete' }, 'deleted')}
      >
        They are no longer polled, and their status and credentials bindings are gone. What was measured stays
        until its retention ends. This cannot be undone.
      </ConfirmDialog>
    </div>
  );
}
