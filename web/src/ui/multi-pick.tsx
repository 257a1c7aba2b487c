import { ListPlus, X } from 'lucide-react';
import { useId } from 'react';
import { Button } from './button.tsx';
import { Menu, MenuCheck } from './menu.tsx';

interface MultiPickProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** What it means that none is chosen: "every site". */
  readonly none: string;
  /** What there is instead of a choice where there are no options. */
  readonly empty?: string;
  readonly error?: string | undefined;
  readonly help?: string;
}

/** Some of a list: each that is chosen is shown, and can be taken off. */
export function MultiPick(props: MultiPickProps) {
  const { label, options, values, onChange, none, empty = 'There are none.', error, help } = props;
  const id = useId();
  const nameOf = (value: string) =>
    options.find((option) => option.value === value)?.label ?? 'one that is gone';
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...values, value] : values.filter((other) => other !== value));
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1.5">
      <span id={id} className="text-13 font-medium">
        {label}
      </span>
      <div className="flex flex-wrap items-center gap-1.5">
        {values.length === 0 && <span className="text-13 text-faint">{none}</span>}
        {values.map((value) => (
          <span
            key={value}
            className="inline-flex h-7 max-w-full items-center gap-1 rounded-md border border-line-strong bg-active pl-2 text-13"
          >
            <span className="min-w-0 truncate">{nameOf(value)}</span>
            <button
              type="button"
              aria-label={`Take off ${nameOf(value)}`}
              onClick={() => toggle(value, false)}
              className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint hover:text-text"
            >
              <X size={14} aria-hidden />
            </button>
          </span>
        ))}
        {options.length === 0 ? (
          <span className="text-13 text-faint">{values.length === 0 ? empty : ''}</span>
        ) : (
          <Menu
            align="start"
            trigger={
              <Button look="ghost" icon={<ListPlus size={14} aria-hidden />} aria-label={`Choose: ${label}`}>
                Choose
              </Button>
            }
          >
            {options.map((option) => (
              <MenuCheck
                key={option.value}
                checked={values.includes(option.value)}
                onChange={(on) => toggle(option.value, on)}
              >
                {option.label}
              </MenuCheck>
            ))}
          </Menu>
        )}
      </div>
      {error !== undefined && <p className="text-12 text-critical">{error}</p>}
      {help !== undefined && <p className="text-12 text-faint">{help}</p>}
    </div>
  );
}
