import type { Component } from '@stratora/contract';
import { ListFilter } from 'lucide-react';
import { COMPONENT_MARKS, type ComponentMark } from '../../domain/component-health.ts';
import { Button } from '../../ui/button.tsx';
import { FilterSelect } from '../../ui/filter-select.tsx';
import { Menu, MenuCheck, MenuHeading } from '../../ui/menu.tsx';
import type { SelectOption } from '../../ui/select.tsx';
import { compareText } from '../../ui/table/column.ts';
import { FilterChip, SearchBox } from '../../ui/table/table-tools.tsx';
import { type ComponentFilter, isFilteringComponents, MARK_LABELS, NO_FILTER } from './component-filter.ts';

interface ComponentFiltersProps {
  readonly type: Component['component_type'];
  /** All of the type: sites and versions to choose from are those that occur. */
  readonly components: readonly Component[];
  readonly filter: ComponentFilter;
  readonly onChange: (change: Partial<ComponentFilter>) => void;
}

function distinct(values: readonly (readonly [string, string])[]): readonly SelectOption<string>[] {
  return [...new Map(values)]
    .map(([value, label]) => ({ value, label }))
    .toSorted((a, b) => compareText(a.label, b.label));
}

export function ComponentFilters({ type, components, filter, onChange }: ComponentFiltersProps) {
  const toggle = (mark: ComponentMark, on: boolean) =>
    onChange({ marks: on ? [...filter.marks, mark] : filter.marks.filter((other) => other !== mark) });
  const sites = distinct(
    components.flatMap(({ site_id: id, site_name: name }) =>
      id === null || name === null ? [] : [[id, name] as const],
    ),
  );
  const versions = distinct(components.map(({ version }) => [version, version] as const));
  return (
    <div className="grid w-full grid-cols-2 gap-2 sm:flex sm:w-auto sm:flex-wrap">
      <div className="col-span-2">
        <SearchBox
          label={type === 'collector' ? 'Search collectors' : 'Search agents'}
          value={filter.search}
          onChange={(search) => onChange({ search })}
        />
      </div>
      <Menu
        align="start"
        trigger={
          <Button icon={<ListFilter size={14} aria-hidden />}>
            State{filter.marks.length > 0 ? ` (${filter.marks.length})` : ''}
          </Button>
        }
      >
        <MenuHeading>Show those that are any of</MenuHeading>
        {COMPONENT_MARKS.map((mark) => (
          <MenuCheck key={mark} checked={filter.marks.includes(mark)} onChange={(on) => toggle(mark, on)}>
            {MARK_LABELS[mark]}
          </MenuCheck>
        ))}
      </Menu>
      <FilterSelect
        label="Site"
        value={filter.site}
        options={sites}
        onChange={(site) => onChange({ site })}
      />
      <FilterSelect
        label="Engine"
        value={filter.engine}
        options={[
          { value: 'telegraf', label: 'Telegraf' },
          { value: 'embedded', label: 'Embedded' },
        ]}
        onChange={(engine) => onChange({ engine })}
      />
      {(versions.length > 1 || filter.version !== undefined) && (
        <FilterSelect
          label="Version"
          value={filter.version}
          options={versions}
          onChange={(version) => onChange({ version })}
        />
      )}
    </div>
  );
}

/** The filters that are set, each with a button that takes it off. */
export function ComponentFilterChips({ components, filter, onChange }: Omit<ComponentFiltersProps, 'type'>) {
  if (!isFilteringComponents({ ...filter, search: '' })) return null;
  const siteName = components.find(({ site_id: id }) => id === filter.site)?.site_name ?? 'unknown';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {filter.marks.map((mark) => (
        <FilterChip
          key={mark}
          label={MARK_LABELS[mark]}
          onRemove={() => onChange({ marks: filter.marks.filter((other) => other !== mark) })}
        >
          {MARK_LABELS[mark]}
        </FilterChip>
      ))}
      {filter.site !== undefined && (
        <FilterChip label={siteName} onRemove={() => onChange({ site: undefined })}>
          <span className="text-faint">Site</span> {siteName}
        </FilterChip>
      )}
      {filter.engine !== undefined && (
        <FilterChip label="engine" onRemove={() => onChange({ engine: undefined })}>
          <span className="text-faint">Engine</span> {filter.engine === 'telegraf' ? 'Telegraf' : 'Embedded'}
        </FilterChip>
      )}
      {filter.version !== undefined && (
        <FilterChip label={filter.version} onRemove={() => onChange({ version: undefined })}>
          <span className="text-faint">Version</span> {filter.version}
        </FilterChip>
      )}
      <Button look="ghost" onClick={() => onChange(NO_FILTER)}>
        Clear all
      </Button>
    </div>
  );
}
