import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PointerEvent, useRef } from 'react';
import { classNames } from '../class-names.ts';
import type { Column, Sort } from './column.ts';
import type { ColumnLayout } from './column-layout.ts';
import type { Selection } from './table-props.ts';

const KEY_STEP_PX = 16;

interface HeaderRowProps<T> {
  readonly grid: string;
  readonly columns: readonly Column<T>[];
  readonly layout: ColumnLayout<T>;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selection: Selection | undefined;
  readonly ids: readonly string[];
  readonly hasActions: boolean;
}

export function HeaderRow<T>({ grid, layout, sort, onSort, selection, ids, hasActions }: HeaderRowProps<T>) {
  const all = selection !== undefined && ids.length > 0 && ids.every((id) => selection.selected.has(id));
  const some = selection !== undefined && !all && ids.some((id) => selection.selected.has(id));
  return (
    <div role="rowgroup" className="sticky top-0 z-2 bg-surface">
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-9 items-center border-b border-line-strong text-12 text-faint"
        style={{ gridTemplateColumns: grid }}
      >
        {selection !== undefined && (
          <div role="columnheader" className="flex justify-center">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              aria-label="Select all shown"
              checked={all}
              ref={(box) => {
                if (box !== null) box.indeterminate = some;
              }}
              onChange={() => selection.onChange(all ? new Set() : new Set(ids))}
            />
          </div>
        )}
        {layout.visible.map((column) => (
          <HeaderCell key={column.id} column={column} layout={layout} sort={sort} onSort={onSort} />
        ))}
        {hasActions && (
          <div role="columnheader">
            <span className="sr-only">Actions</span>
          </div>
        )}
      </div>
    </div>
  );
}

interface HeaderCellProps<T> {
  readonly column: Column<T>;
  readonly layout: ColumnLayout<T>;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function HeaderCell<T>({ column, layout, sort, onSort }: HeaderCellProps<T>) {
  const sorted = sort.id === column.id;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  const order = sorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
  return (
    <div
      role="columnheader"
      aria-sort={column.compare === undefined ? undefined : order}
      className={classNames(
        'relative flex h-full min-w-0 items-center',
        column.align === 'right' && 'justify-end',
      )}
    >
      {column.compare === undefined ? (
        <span className="truncate px-3">{column.header}</span>
      ) : (
        <button
          type="button"
          className={classNames(
            'flex h-full min-w-0 items-center gap-1 px-3 hover:text-text focus-visible:-outline-offset-2',
            sorted && 'font-medium text-text',
          )}
          onClick={() => onSort({ id: column.id, descending: sorted && !sort.descending })}
        >
          <span className="truncate">{column.header}</span>
          {sorted && <Arrow size={12} aria-hidden className="shrink-0" />}
        </button>
      )}
      <ResizeHandle column={column} layout={layout} />
    </div>
  );
}

function ResizeHandle<T>({
  column,
  layout,
}: {
  readonly column: Column<T>;
  readonly layout: ColumnLayout<T>;
}) {
  const from = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  const width = layout.widthOf(column);
  const onPointerMove = (event: PointerEvent) => {
    if (from.current !== undefined)
      layout.resize(column, from.current.width + event.clientX - from.current.x);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a separator that moves is a widget, <hr> is not
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${column.header}`}
      aria-valuenow={Math.round(width)}
      aria-valuemin={64}
      aria-valuemax={800}
      tabIndex={0}
      className="absolute top-1.5 right-0 bottom-1.5 w-2 cursor-col-resize border-r border-line hover:border-accent focus-visible:border-accent"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        from.current = undefined;
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') layout.resize(column, width - KEY_STEP_PX);
        if (event.key === 'ArrowRight') layout.resize(column, width + KEY_STEP_PX);
      }}
    />
  );
}
