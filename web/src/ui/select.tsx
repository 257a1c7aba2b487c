import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { classNames } from './class-names.ts';

export interface SelectOption<T extends string> {
  readonly value: T;
  readonly label: string;
  /** A second line that tells options apart. */
  readonly note?: string | undefined;
}

// The headless part takes an empty value for "nothing chosen"; here it is an option like others.
const EMPTY = ' ';
const inward = (value: string) => (value === '' ? EMPTY : value);

interface SelectProps<T extends string> {
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly SelectOption<T>[];
  readonly id?: string;
  /** Its name where no label points at it. */
  readonly label?: string;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
}

export function Select<T extends string>({
  value,
  onChange,
  options,
  id,
  label,
  disabled = false,
  className,
  ...aria
}: SelectProps<T>) {
  return (
    <BaseSelect.Root
      items={options.map(({ value: own, label: text }) => ({ value: inward(own), label: text }))}
      value={inward(value)}
      disabled={disabled}
      modal={false}
      {...(id === undefined ? {} : { id })}
      onValueChange={(next) => {
        if (next !== null) onChange((next === EMPTY ? '' : next) as T);
      }}
    >
      <BaseSelect.Trigger
        aria-label={label}
        aria-describedby={aria['aria-describedby']}
        aria-invalid={aria['aria-invalid']}
        className={classNames(
          'flex h-8 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-control-line bg-canvas px-2.5 text-14 text-text select-none max-md:h-10',
          'hover:bg-hover data-disabled:cursor-not-allowed data-disabled:opacity-60 aria-invalid:border-critical',
          className,
        )}
      >
        <span className="min-w-0 truncate">
          <BaseSelect.Value placeholder="Choose…" />
        </span>
        <BaseSelect.Icon className="shrink-0 text-faint">
          <ChevronsUpDown size={14} aria-hidden />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner className="z-50 outline-none" sideOffset={4} alignItemWithTrigger={false}>
          <BaseSelect.Popup className="max-h-80 min-w-(--anchor-width) overflow-y-auto rounded-md border border-line-strong bg-raised p-1 text-text shadow-(--shadow) outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={inward(option.value)}
                  className="grid min-h-8 max-w-[min(420px,90vw)] cursor-default grid-cols-[16px_1fr] items-center gap-x-2 rounded-sm px-2 py-1.5 text-13 outline-none select-none data-highlighted:bg-hover"
                >
                  <BaseSelect.ItemIndicator className="col-start-1">
                    <Check size={14} aria-hidden />
                  </BaseSelect.ItemIndicator>
                  <BaseSelect.ItemText className="col-start-2">{option.label}</BaseSelect.ItemText>
                  {option.note !== undefined && (
                    <span className="col-start-2 text-12 text-faint">{option.note}</span>
                  )}
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
