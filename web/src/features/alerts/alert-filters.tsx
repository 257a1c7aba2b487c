import { useQuery } from '@tanstack/react-query';
import { ListFilter } from 'lucide-react';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { nodeQuery } from '../../api/nodes.ts';
import { sitesQuery } from '../../api/resources.ts';
import { SEVERITY_LOOKS, SEVERITY_ORDER } from '../../domain/alert-severity.tsx';
import { Button } from '../../ui/button.tsx';
import { FilterSelect } from '../../ui/filter-select.tsx';
import { Menu, MenuHeading, MenuRadio } from '../../ui/menu.tsx';
import { FilterChip, SearchBox } from '../../ui/table/table-tools.tsx';
import { type AlertFilter, isFilteringAlerts, NO_FILTER } from './alert-filter.ts';

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  readonly onChange: (change: Partial<AlertFilter>) => void;
}

const ALL = 'all';

/** Marks of which people want the alerts that have one, or that have not. */
const FLAGS = [
  { name: 'acknowledged', yes: 'Acknowledged', no: 'Not acknowledged' },
  { name: 'muted', yes: 'Muted', no: 'Not muted' },
  { name: 'held', yes: 'Held', no: 'Not held' },
] as const;

/** A change of one part of the filter. */
function only<K extends keyof AlertFilter>(name: K, value: AlertFilter[K]): Partial<AlertFilter> {
  return { [name]: value };
}

export function AlertFilters({ filter, onChange }: AlertFiltersProps) {
  const sites = useQuery(sitesQuery).data ?? [];
  const definitions = useQuery(definitionsQuery).data ?? [];
  const roots = definitions.filter(({ overrides }) => overrides === null);
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
        <div className="col-span-2">
          <SearchBox
            label="Search alerts"
            value={filter.search}
            onChange={(search) => onChange({ search })}
          />
        </div>
        <FilterSelect
          label="Severity"
          value={filter.severity}
          options={SEVERITY_ORDER.map((value) => ({ value, label: SEVERITY_LOOKS[value].label }))}
          onChange={(severity) => onChange({ severity })}
        />
        <FilterSelect
          label="Site"
          value={filter.site}
          options={sites.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(site) => onChange({ site })}
        />
        <FilterSelect
          label="Definition"
          value={filter.definition}
          options={roots.map(({ slug, name }) => ({ value: slug, label: name }))}
          onChange={(definition) => onChange({ definition })}
        />
        <FlagMenu filter={filter} onChange={onChange} />
      </div>
      {isFilteringAlerts({ ...filter, search: '' }) && <Chips filter={filter} onChange={onChange} />}
    </div>
  );
}

/** The marks of an alert, each of which it must have, must not have, or may have. */
function FlagMenu({ filter, onChange }: AlertFiltersProps) {
  const count = FLAGS.filter(({ name }) => filter[name] !== undefined).length;
  return (
    <Menu
      align="start"
      trigger={
        <Button icon={<ListFilter size={14} aria-hidden />}>State{count > 0 ? ` (${count})` : ''}</Button>
      }
    >
      {FLAGS.map(({ name, yes, no }) => (
        <div key={name} role="group" aria-label={yes}>
          <MenuHeading>{yes}</MenuHeading>
          <MenuRadio
            value={filter[name] === undefined ? ALL : String(filter[name])}
            options={[
              { value: ALL, label: 'Any' },
              { value: 'false', label: no },
              { value: 'true', label: yes },
            ]}
            onChange={(value) => onChange(only(name, value === ALL ? undefined : value === 'true'))}
          />
        </div>
      ))}
    </Menu>
  );
}

function Chips({ filter, onChange }: AlertFiltersProps) {
  const sites = useQuery(sitesQuery).data ?? [];
  const definitions = useQuery(definitionsQuery).data ?? [];
  const node = useQuery({ ...nodeQuery(filter.node ?? ''), enabled: filter.node !== undefined }).data;
  const named: readonly [keyof AlertFilter, string, string | undefined][] = [
    ['severity', 'Severity', filter.severity && SEVERITY_LOOKS[filter.severity].label],
    ['site', 'Site', filter.site && (sites.find(({ id }) => id === filter.site)?.name ?? 'one that is gone')],
    ['node', 'Node', filter.node && (node?.name ?? 'one')],
    [
      'definition',
      'Definition',
      filter.definition &&
        (definitions.find(({ slug }) => slug === filter.definition)?.name ?? filter.definition),
    ],
    ...FLAGS.map(
      ({ name, yes, no }) =>
        [name, '', filter[name] === undefined ? undefined : filter[name] ? yes : no] as [
          keyof AlertFilter,
          string,
          string | undefined,
        ],
    ),
  ];
  return (
    <div className="flex flex-wrap items-center gap-2">
      {named.map(
        ([name, kind, text]) =>
          text !== undefined && (
            <FilterChip key={name} label={text} onRemove={() => onChange(only(name, undefined))}>
              {kind !== '' && <span className="text-faint">{kind}</span>} {text}
            </FilterChip>
          ),
      )}
      <Button look="ghost" onClick={() => onChange(NO_FILTER)}>
        Clear all
      </Button>
    </div>
  );
}
