import type { AlertDefinition } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { ListChecks, Plus, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { useMay } from '../../api/permission.ts';
import { KIND_OPTIONS, kindName, scopeWords, thresholdWords } from '../../domain/definition-words.ts';
import { Button } from '../../ui/button.tsx';
import { FilterSelect } from '../../ui/filter-select.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { formatSort, parseSort, type Sort } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser, SearchBox } from '../../ui/table/table-tools.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { DEFINITION_COLUMNS, originWords } from './definition-columns.tsx';
import {
  DEFINITION_STATES,
  type DefinitionFilter,
  type DefinitionLine,
  type DefinitionState,
  definitionLines,
  isFilteringDefinitions,
  readDefinitionFilter,
  writeDefinitionFilter,
} from './definition-filter.ts';
import { DefinitionFormDialog } from './definition-form.tsx';

const TABLE = 'alert-definitions';
const BY_NAME = { id: 'name', descending: false };
const lineId = ({ definition }: DefinitionLine) => definition.id;
const lineHref = ({ definition }: DefinitionLine) => `/alerts/definitions/${definition.id}`;

const STATE_NAMES: Readonly<Record<DefinitionState, string>> = {
  on: 'On',
  off: 'Off',
  changed: 'Changed',
  own: 'Own',
  override: 'Replacing others',
};

function comparing(sort: Sort) {
  const compare = DEFINITION_COLUMNS.find(({ id }) => id === sort.id)?.compare;
  const line = (definition: AlertDefinition): DefinitionLine => ({ definition, isUnder: false });
  const sign = sort.descending ? -1 : 1;
  return (a: AlertDefinition, b: AlertDefinition) => sign * (compare?.(line(a), line(b)) ?? 0);
}

/** The definitions, each with those that replace it somewhere. */
export function DefinitionsTab() {
  const definitions = useQuery(definitionsQuery);
  const [parameters, setParameters] = useSearchParams();
  const may = useMay();
  const navigate = useNavigate();
  const filter = useMemo(() => readDefinitionFilter(parameters), [parameters]);
  const sort = useMemo(() => parseSort(parameters.get('sort'), BY_NAME), [parameters]);
  const lines = useMemo(
    () => definitionLines(definitions.data ?? [], filter, comparing(sort)),
    [definitions.data, filter, sort],
  );
  const put = (name: string, value: string | undefined, replace: boolean) => {
    const next = new URLSearchParams(parameters);
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    setParameters(next, { replace });
  };
  const change = (part: Partial<DefinitionFilter>) =>
    setParameters(writeDefinitionFilter(parameters, part), { replace: true });
  const retry = () => void definitions.refetch();
  if (definitions.data === undefined) {
    return definitions.isError ? (
      <ErrorState
        title="The alert definitions could not be loaded"
        error={definitions.error}
        onRetry={retry}
      />
    ) : (
      <SkeletonRows count={12} />
    );
  }
  return (
    <>
      {definitions.isError && (
        <StaleNotice error={definitions.error} lastSuccessAt={definitions.dataUpdatedAt} onRetry={retry} />
      )}
      <Tools
        filter={filter}
        count={
          isFilteringDefinitions(filter)
            ? `${formatCount(lines.length)} of ${plural(definitions.data.length, 'definition')}`
            : plural(definitions.data.length, 'definition')
        }
        onChange={change}
        onAdd={may('definition.write') ? () => put('add', '1', false) : undefined}
      />
      <DataTable
        name={TABLE}
        label="Alert definitions"
        fill
        columns={DEFINITION_COLUMNS}
        rows={lines}
        rowId={lineId}
        rowHref={lineHref}
        sort={sort}
        onSort={(next) => put('sort', formatSort(next), true)}
        narrowRow={(line) => <NarrowDefinition line={line} />}
        empty={
          <EmptyState
            icon={isFilteringDefinitions(filter) ? SearchX : ListChecks}
            title={isFilteringDefinitions(filter) ? 'No definition matches' : 'No definitions'}
            action={
              isFilteringDefinitions(filter) ? (
                <Button onClick={() => change({ search: '', kind: undefined, state: undefined })}>
                  Clear all filters
                </Button>
              ) : undefined
            }
          >
            A definition says what is judged, by which thresholds, and for which nodes.
          </EmptyState>
        }
      />
      <DefinitionFormDialog
        open={parameters.get('add') !== null && may('definition.write')}
        definition={undefined}
        replaced={undefined}
        onClose={() => put('add', undefined, true)}
        onSaved={({ id }) => void navigate(`/alerts/definitions/${id}`)}
      />
    </>
  );
}

interface ToolsProps {
  readonly filter: DefinitionFilter;
  readonly count: string;
  readonly onChange: (change: Partial<DefinitionFilter>) => void;
  readonly onAdd: (() => void) | undefined;
}

function Tools({ filter, count, onChange, onAdd }: ToolsProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox
        label="Search definitions"
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
      <div className="grid w-full grid-cols-2 gap-2 sm:flex sm:w-auto">
        <FilterSelect
          label="Kind"
          value={filter.kind}
          options={KIND_OPTIONS}
          onChange={(kind) => onChange({ kind })}
        />
        <FilterSelect
          label="State"
          value={filter.state}
          options={DEFINITION_STATES.map((value) => ({ value, label: STATE_NAMES[value] }))}
          onChange={(state) => onChange({ state })}
        />
      </div>
      <span role="status" className="tabular text-13 text-faint">
        {count}
      </span>
      <div className="ml-auto flex items-center gap-2">
        <ColumnChooser table={TABLE} columns={DEFINITION_COLUMNS} />
        {onAdd !== undefined && (
          <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={onAdd}>
            Add definition
          </Button>
        )}
      </div>
    </div>
  );
}

/** The limits of a definition, the milder first: "warning > 90 %", "critical > 95 %". */
function limitsWords(definition: AlertDefinition): readonly string[] {
  return (['warning', 'critical'] as const)
    .filter((level) => definition[level] !== null)
    .map((level) => `${level} ${thresholdWords(definition, definition[level], null)}`);
}

function NarrowDefinition({ line: { definition, isUnder } }: { readonly line: DefinitionLine }) {
  return (
    <div className={isUnder ? 'pl-5' : ''}>
      <div className="flex items-center gap-2">
        <span className={definition.enabled ? 'truncate font-medium' : 'truncate text-faint'}>
          {definition.name}
        </span>
        {definition.refusal !== null && <ToneBadge tone="bad">Refused</ToneBadge>}
      </div>
      <div className="truncate text-12 text-faint">
        {[
          ...(definition.enabled ? [] : ['Off']),
          kindName(definition.kind),
          ...limitsWords(definition),
          ...(definition.scope.type === 'global' ? [] : [scopeWords(definition)]),
          ...(definition.is_shipped && !definition.is_changed ? [] : [originWords(definition)]),
        ].join(' · ')}
      </div>
    </div>
  );
}
