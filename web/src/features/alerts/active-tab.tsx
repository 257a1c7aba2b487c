import type { Alert } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Keyboard, SearchX } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { activeAlertsQuery } from '../../api/alerts.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { namedSummary } from '../../domain/alert-words.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser } from '../../ui/table/table-tools.tsx';
import { EmptyState, ErrorState, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { type AlertActions, useAlertActions } from './alert-actions.tsx';
import { useAlertAddress } from './alert-address.ts';
import { AlertBulkBar } from './alert-bulk-bar.tsx';
import { activeColumns, orderOf } from './alert-columns.tsx';
import { filterAlerts, isFilteringAlerts, NO_FILTER } from './alert-filter.ts';
import { AlertFilters } from './alert-filters.tsx';
import { type AlertLine, groupByCause, ungrouped } from './alert-groups.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { NarrowAlert } from './narrow-alert.tsx';
import { NothingWrong } from './nothing-wrong.tsx';

const TABLE = 'alerts';
const WORST_FIRST = { id: 'severity', descending: true };
const NOTHING: readonly Alert[] = [];
const lineId = ({ alert }: AlertLine) => alert.id;
const lineHref = ({ alert }: AlertLine) => `/alerts/${alert.id}`;

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Lines as the address asks for them; typing stays quick because filtering and grouping may lag behind it. */
function useLines(alerts: readonly Alert[]) {
  const address = useAlertAddress(WORST_FIRST);
  const { filter, sort, isGrouped } = address;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [fold] = useState(() => (id: string) => setOpen((now) => toggled(now, id)));
  const columns = useMemo(() => activeColumns(fold), [fold]);
  const late = useDeferredValue(filter);
  const shown = useMemo(() => filterAlerts(alerts, late), [alerts, late]);
  const lines = useMemo(() => {
    const order = orderOf(columns, sort);
    return isGrouped ? groupByCause(shown, order, open) : ungrouped(shown, order);
  }, [shown, columns, sort, isGrouped, open]);
  return { ...address, columns, lines, shown, fold };
}

/** The alerts that are selected and still active: one that has ended leaves the selection. */
function useSelection(alerts: readonly Alert[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const chosen = useMemo(() => alerts.filter(({ id }) => selected.has(id)), [alerts, selected]);
  const names = useMemo(() => new Map(alerts.map((alert) => [alert.id, namedSummary(alert)])), [alerts]);
  return {
    chosen,
    clear: () => setSelected(new Set()),
    selection: { selected, onChange: setSelected, nameOf: (id: string) => names.get(id) ?? id },
  };
}

/** Opens the help by the question mark. */
function useHelpKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, [role="dialog"]') !== null;
      if (event.key === '?' && !isTyping) open();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open]);
}

export function ActiveTab() {
  const query = useQuery({ ...activeAlertsQuery, refetchInterval: useListInterval() });
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    return query.isError ? (
      <ErrorState
        title="The alerts could not be loaded"
        error={query.error}
        stillWorks="Nodes are watched and judged as always; only this list is missing."
        onRetry={retry}
      />
    ) : (
      <SkeletonRows count={12} />
    );
  }
  return (
    <>
      {query.isError && (
        <StaleNotice error={query.error} lastSuccessAt={query.dataUpdatedAt} onRetry={retry} />
      )}
      {query.data.total === 0 ? (
        <div className="rounded-md border border-line bg-surface">
          <NothingWrong />
        </div>
      ) : (
        <ActiveAlerts alerts={query.data.alerts} total={query.data.total} isStale={query.isError} />
      )}
    </>
  );
}

interface ActiveAlertsProps {
  readonly alerts: readonly Alert[];
  readonly total: number;
  readonly isStale: boolean;
}

function ActiveAlerts({ alerts, total, isStale }: ActiveAlertsProps) {
  const { columns, lines, shown, filter, sort, isGrouped, change, order, group, fold } = useLines(alerts);
  const { chosen, clear, selection } = useSelection(alerts);
  const actions = useAlertActions(clear);
  const [helping, setHelping] = useState(false);
  const [help] = useState(() => () => setHelping(true));
  useHelpKey(help);
  const mayAct = useMay()('alert.write');
  const meant = (line: AlertLine | undefined) =>
    chosen.length > 0 ? chosen : line === undefined ? NOTHING : [line.alert];
  const act = (run: AlertActions['mute']) => (line: AlertLine | undefined) => {
    if (mayAct) run(meant(line));
  };
  return (
    <>
      <AlertFilters filter={filter} onChange={change} />
      <div className="-my-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        <span role="status" className="tabular text-13 text-faint">
          {isFilteringAlerts(filter)
            ? `${formatCount(shown.length)} of ${plural(total, 'alert')}`
            : plural(total, 'alert')}
          {total > alerts.length && `, the newest ${formatCount(alerts.length)} are loaded`}
        </span>
        <CheckField
          label="Group by cause"
          checked={isGrouped}
          onChange={(event) => group(event.target.checked)}
        />
        <div className="ml-auto flex items-center gap-2 max-md:hidden">
          <IconButton label="Keys" onClick={help}>
            <Keyboard size={16} aria-hidden />
          </IconButton>
          <ColumnChooser table={TABLE} columns={columns} />
        </div>
      </div>
      <div className={isStale ? 'flex min-h-0 flex-col opacity-70' : 'contents'}>
        <DataTable
          name={TABLE}
          label="Active alerts"
          fill
          columns={columns}
          rows={lines}
          rowId={lineId}
          rowHref={lineHref}
          sort={sort}
          onSort={order}
          selection={mayAct ? selection : undefined}
          keys={{
            a: act(actions.acknowledge),
            m: act(actions.mute),
            o: (line) => line !== undefined && line.behind > 0 && fold(line.alert.id),
          }}
          rowActions={(line) => <RowMenu line={line} actions={mayAct ? actions : undefined} onFold={fold} />}
          narrowRow={(line) => <NarrowAlert line={line} />}
          empty={
            <EmptyState
              icon={SearchX}
              title="No alert matches"
              action={<Button onClick={() => change(NO_FILTER)}>Clear all filters</Button>}
            >
              None of the active alerts fits the search and the filters.
            </EmptyState>
          }
        />
      </div>
      {chosen.length > 0 && <AlertBulkBar alerts={chosen} actions={actions} onClear={clear} />}
      {actions.dialogs}
      <KeysDialog open={helping} onClose={() => setHelping(false)} />
    </>
  );
}

interface RowMenuProps {
  readonly line: AlertLine;
  /** None for those who may only look. */
  readonly actions: AlertActions | undefined;
  readonly onFold: (id: string) => void;
}

function RowMenu({ line, actions, onFold }: RowMenuProps) {
  const { alert, behind, isOpen } = line;
  if (actions === undefined && behind === 0) return null;
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${namedSummary(alert)}`}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      }
    >
      {behind > 0 && (
        <MenuItem onSelect={() => onFold(alert.id)}>
          {isOpen ? 'Fold' : 'Show'} {plural(behind, 'alert')} behind it
        </MenuItem>
      )}
      {actions !== undefined && <ActionItems alert={alert} actions={actions} />}
    </Menu>
  );
}

function ActionItems({ alert, actions }: { readonly alert: Alert; readonly actions: AlertActions }) {
  return (
    <>
      {alert.acknowledged === null ? (
        <MenuItem onSelect={() => actions.acknowledge([alert])}>Acknowledge</MenuItem>
      ) : (
        <MenuItem onSelect={() => actions.unacknowledge([alert])}>Un-acknowledge</MenuItem>
      )}
      {alert.muted === null ? (
        <MenuItem onSelect={() => actions.mute([alert])}>Mute</MenuItem>
      ) : (
        <MenuItem onSelect={() => actions.unmute([alert])}>Unmute</MenuItem>
      )}
    </>
  );
}
