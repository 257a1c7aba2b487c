import type { Component, NodeStatus } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { ListFilter, TriangleAlert } from 'lucide-react';
import { sitesQuery } from '../../api/resources.ts';
import { NODE_TYPE_OPTIONS, nodeTypeName } from '../../domain/node-types.ts';
import { Button } from '../../ui/button.tsx';
import { FilterSelect } from '../../ui/filter-select.tsx';
import { Menu, MenuCheck, MenuHeading } from '../../ui/menu.tsx';
import { STATUS_LOOKS, STATUS_ORDER, StatusIcon } from '../../ui/status.tsx';
import { FilterChip, SearchBox } from '../../ui/table/table-tools.tsx';
import type { NodeFilter } from './node-filter.ts';

interface NodeFiltersProps {
  readonly filter: NodeFilter;
  readonly collectors: readonly Component[];
  readonly onChange: (change: Partial<NodeFilter>) => void;
}

function toggled(statuses: readonly NodeStatus[], status: NodeStatus, on: boolean): readonly NodeStatus[] {
  return on ? [...statuses, status] : statuses.filter((other) => other !== status);
}

export function NodeFilters({ filter, collectors, onChange }: NodeFiltersProps) {
  const sites = useQuery(sitesQuery);
  const siteOptions = (sites.data ?? []).map((site) => ({ value: site.id, label: site.name }));
  const siteName = siteOptions.find(({ value }) => value === filter.site)?.label ?? 'Site';
  const collectorName = collectors.find(({ id }) => id === filter.collector)?.name ?? 'collector';
  const chips =
    filter.attention ||
    filter.statuses.length > 0 ||
    filter.site !== undefined ||
    filter.type !== undefined ||
    filter.collector !== undefined;
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
        <div className="col-span-2">
          <SearchBox label="Search nodes" value={filter.search} onChange={(search) => onChange({ search })} />
        </div>
        <Menu
          align="start"
          trigger={
            <Button icon={<ListFilter size={14} aria-hidden />}>
              Status{filter.statuses.length > 0 ? ` (${filter.statuses.length})` : ''}
            </Button>
          }
        >
          <MenuHeading>Show nodes that</MenuHeading>
          <MenuCheck checked={filter.attention} onChange={(attention) => onChange({ attention })}>
            <TriangleAlert size={14} aria-hidden className="shrink-0 text-warning" />
            Need attention
          </MenuCheck>
          <MenuHeading>Show nodes that are</MenuHeading>
          {STATUS_ORDER.map((status) => (
            <MenuCheck
              key={status}
              checked={filter.statuses.includes(status)}
              onChange={(on) => onChange({ statuses: toggled(filter.statuses, status, on) })}
            >
              <StatusIcon status={status} size={14} />
              {STATUS_LOOKS[status].label}
            </MenuCheck>
          ))}
        </Menu>
        <FilterSelect
          label="Site"
          value={filter.site}
          options={siteOptions}
          onChange={(site) => onChange({ site })}
        />
        <FilterSelect
          label="Type"
          value={filter.type}
          options={NODE_TYPE_OPTIONS}
          onChange={(type) => onChange({ type })}
        />
        <FilterSelect
          label="Collector"
          value={filter.collector}
          options={collectors.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(collector) => onChange({ collector })}
        />
      </div>
      {chips && (
        <div className="flex flex-wrap items-center gap-2">
          {filter.attention && (
            <FilterChip label="Needs attention" onRemove={() => onChange({ attention: false })}>
              <TriangleAlert size={14} aria-hidden className="shrink-0 text-warning" />
              Needs attention
            </FilterChip>
          )}
          {filter.statuses.map((status) => (
            <FilterChip
              key={status}
              label={STATUS_LOOKS[status].label}
              onRemove={() => onChange({ statuses: toggled(filter.statuses, status, false) })}
            >
              <StatusIcon status={status} size={14} />
              {STATUS_LOOKS[status].label}
            </FilterChip>
          ))}
          {filter.site !== undefined && (
            <FilterChip label={siteName} onRemove={() => onChange({ site: undefined })}>
              <span className="text-faint">Site</span> {siteName}
            </FilterChip>
          )}
          {filter.type !== undefined && (
            <FilterChip label={nodeTypeName(filter.type)} onRemove={() => onChange({ type: undefined })}>
              <span className="text-faint">Type</span> {nodeTypeName(filter.type)}
            </FilterChip>
          )}
          {filter.collector !== undefined && (
            <FilterChip label={collectorName} onRemove={() => onChange({ collector: undefined })}>
              <span className="text-faint">Collector</span> {collectorName}
            </FilterChip>
          )}
          <Button
            look="ghost"
            onClick={() =>
              onChange({
                search: '',
                statuses: [],
                site: undefined,
                type: undefined,
                collector: undefined,
                attention: false,
              })
            }
          >
            Clear all
          </Button>
        </div>
      )}
    </div>
  );
}
