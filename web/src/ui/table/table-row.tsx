import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { classNames } from '../class-names.ts';
import type { Column } from './column.ts';
import type { Selection } from './table-props.ts';

export const ROW_HEIGHT_PX = 40;

interface TableRowProps<T> {
  readonly item: T;
  readonly id: string;
  readonly index: number;
  /** Its place when the list is virtual; in the flow otherwise. */
  readonly top: number | undefined;
  readonly grid: string;
  readonly columns: readonly Column<T>[];
  readonly href: string | undefined;
  readonly atCursor: boolean;
  readonly selection: Selection | undefined;
  readonly onToggle: (id: string) => void;
  readonly actions: ((row: T) => ReactNode) | undefined;
}

export function TableRow<T>(props: TableRowProps<T>) {
  const { item, id, index, top, grid, columns, href, atCursor, selection, onToggle, actions } = props;
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const focused = document.activeElement;
    // The cursor takes the focus along, so that Enter opens the row; never out of a field elsewhere.
    const free = focused === null || focused === document.body || focused.closest('[role="table"]') !== null;
    if (atCursor && free) own.current?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
  }, [atCursor]);
  const chosen = selection?.selected.has(id) === true;
  return (
    <div
      ref={own}
      role="row"
      aria-rowindex={index + 2}
      className={classNames(
        'grid h-10 w-full items-center border-b border-line text-13',
        top === undefined ? 'relative' : 'absolute top-0 left-0',
        chosen ? 'bg-accent-soft' : 'hover:bg-hover',
        atCursor && 'outline-2 -outline-offset-2 outline-focus',
      )}
      style={{
        gridTemplateColumns: grid,
        ...(top === undefined ? {} : { transform: `translateY(${top}px)` }),
      }}
    >
      {selection !== undefined && (
        // The label is the whole cell, so that a near miss does not open the row.
        <div role="cell" className="z-1 h-full">
          <label className="flex h-full cursor-pointer items-center justify-center">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={chosen}
              onChange={() => onToggle(id)}
              aria-label={`Select ${selection.nameOf(id)}`}
            />
          </label>
        </div>
      )}
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="cell"
          className={classNames(
            'min-w-0 truncate px-3',
            column.align === 'right' && 'text-right tabular',
            at > 0 && 'text-soft',
          )}
        >
          {at === 0 && href !== undefined ? (
            <Link
              to={href}
              className="row-link font-medium text-text focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
            >
              {column.cell(item)}
            </Link>
          ) : (
            column.cell(item)
          )}
        </div>
      ))}
      {actions !== undefined && (
        <div role="cell" className="z-1 flex justify-center">
          {actions(item)}
        </div>
      )}
    </div>
  );
}
