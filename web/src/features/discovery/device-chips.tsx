import { classNames } from '../../ui/class-names.ts';
import { FilterSelect } from '../../ui/filter-select.tsx';
import { formatCount } from '../../ui/format/units.ts';
import { SearchBox } from '../../ui/table/table-tools.tsx';
import { DEVICE_CHIPS, type DeviceChip, type DeviceFilter } from './device-filter.ts';
import { DEVICE_TYPE_OPTIONS } from './device-types.ts';

interface DeviceChipsProps {
  readonly filter: DeviceFilter;
  readonly counts: Readonly<Record<DeviceChip, number>>;
  readonly onChange: (change: Partial<DeviceFilter>) => void;
}

/** What of the results is shown. */
export function DeviceChips({ filter, counts, onChange }: DeviceChipsProps) {
  const toggle = (chip: DeviceChip) =>
    onChange({
      chips: filter.chips.includes(chip)
        ? filter.chips.filter((other) => other !== chip)
        : [...filter.chips, chip],
    });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox label="Search devices" value={filter.search} onChange={(search) => onChange({ search })} />
      <div role="group" aria-label="Show devices that are" className="flex flex-wrap gap-1.5">
        {DEVICE_CHIPS.map(({ value, label }) => {
          const isOn = filter.chips.includes(value);
          return (
            <button
              key={value}
              type="button"
              aria-pressed={isOn}
              onClick={() => toggle(value)}
              className={classNames(
                'tabular inline-flex h-8 items-center gap-1.5 rounded-md border px-2.5 text-13 font-medium max-md:h-10',
                isOn
                  ? 'border-accent bg-accent-soft text-text'
                  : 'border-line-strong text-soft hover:bg-hover hover:text-text',
              )}
            >
              {label}
              <span className="text-faint">{formatCount(counts[value])}</span>
            </button>
          );
        })}
      </div>
      <FilterSelect
        label="Type"
        value={filter.type}
        options={DEVICE_TYPE_OPTIONS}
        onChange={(type) => onChange({ type })}
      />
    </div>
  );
}
