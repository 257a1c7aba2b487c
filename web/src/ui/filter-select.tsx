import { Select, type SelectOption } from './select.tsx';

const ALL = 'all';

interface FilterSelectProps<T extends string> {
  readonly label: string;
  /** What stands for no choice; "Any" and the label where absent. */
  readonly all?: string;
  readonly value: T | undefined;
  readonly options: readonly SelectOption<T>[];
  readonly onChange: (value: T | undefined) => void;
}

/** A part of a filter above a list: one of some values, or any. */
export function FilterSelect<T extends string>({
  label,
  all = `Any ${label.toLowerCase()}`,
  value,
  options,
  onChange,
}: FilterSelectProps<T>) {
  return (
    <Select<T | typeof ALL>
      label={label}
      className="sm:w-40"
      value={value ?? ALL}
      options={[{ value: ALL, label: all }, ...options]}
      onChange={(next) => onChange(next === ALL ? undefined : next)}
    />
  );
}
