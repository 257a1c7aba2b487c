import { Columns3, Search, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button, IconButton } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { CONTROL_CLASS } from '../field.tsx';
import { Menu, MenuCheck } from '../menu.tsx';
import type { Column } from './column.ts';
import { useColumnLayout } from './column-layout.ts';

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  /** Enter, or with Shift backwards. */
  readonly onEnter?: (back: boolean) => void;
}

/** Filters a list; the slash key puts the cursor into it. */
export function SearchBox({ value, onChange, label, onEnter }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey) return;
      if (event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="dialog"]'))
        return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="relative w-full sm:w-64">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <input
        ref={input}
        type="search"
        value={value}
        aria-label={label}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.(event.shiftKey);
        }}
        className={classNames(
          CONTROL_CLASS,
          'pl-8 [&::-webkit-search-cancel-button]:hidden',
          value !== '' && 'pr-8',
        )}
      />
      {value !== '' && (
        <IconButton
          label="Clear search"
          className="absolute top-1/2 right-0.5 size-7 -translate-y-1/2 max-md:size-8"
          onClick={() => onChange('')}
        >
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

/** A filter that is on, in words, with a button that takes it off. */
export function FilterChip({
  children,
  onRemove,
  label,
}: {
  readonly children: ReactNode;
  readonly onRemove: () => void;
  readonly label: string;
}) {
  return (
    <span className="inline-flex h-7 items-center gap-1 rounded-md border border-line-strong bg-active pl-2 text-13">
      {children}
      <button
        type="button"
        aria-label={`Remove filter ${label}`}
        onClick={onRemove}
        className="inline-flex size-6 items-center justify-center rounded-sm text-faint hover:text-text"
      >
        <X size={14} aria-hidden />
      </button>
    </span>
  );
}

export function ColumnChooser<T>({
  table,
  columns,
}: {
  readonly table: string;
  readonly columns: readonly Column<T>[];
}) {
  const layout = useColumnLayout(table, columns);
  return (
    <div className="max-md:hidden">
      <Menu trigger={<Button icon={<Columns3 size={14} aria-hidden />}>Columns</Button>}>
        {columns.slice(1).map((column) => (
          <MenuCheck
            key={column.id}
            checked={layout.isShown(column)}
            onChange={(shown) => layout.show(column, shown)}
          >
            {column.header}
          </MenuCheck>
        ))}
      </Menu>
    </div>
  );
}
