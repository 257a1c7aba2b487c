import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { classNames } from '../../ui/class-names.ts';

interface ChoiceCardsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly {
    readonly value: T;
    readonly label: string;
    readonly note: string;
    readonly icon?: LucideIcon;
  }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, each with what it means. */
export function ChoiceCards<T extends string>({ label, value, choices, onChange }: ChoiceCardsProps<T>) {
  const name = useId();
  return (
    <fieldset className="grid gap-2 sm:auto-cols-fr sm:grid-flow-col">
      <legend className="mb-1.5 text-13 font-medium">{label}</legend>
      {choices.map(({ value: own, label: text, note, icon: Icon }) => (
        <label
          key={own}
          className={classNames(
            'flex cursor-pointer gap-3 rounded-md border p-3 has-focus-visible:outline-2 has-focus-visible:outline-focus',
            value === own ? 'border-accent bg-accent-soft' : 'border-control-line hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            value={own}
            checked={value === own}
            onChange={() => onChange(own)}
            className="mt-0.5 size-4 shrink-0 accent-accent focus-visible:outline-none"
          />
          {Icon !== undefined && <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-soft" />}
          <span className="min-w-0">
            <span className="block font-medium">{text}</span>
            <span className="block text-12 text-soft">{note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
