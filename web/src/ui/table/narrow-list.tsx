import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { DataTableProps } from './table-props.ts';

const ROW_PX = 64;
const OVERSCAN_ROWS = 8;

/** The table on a narrow screen: a list that scrolls with the page, two lines a row. */
export function NarrowList<T>({ label, rows, rowId, rowHref, narrowRow, rowActions }: DataTableProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top;
    if (top !== undefined) setOffset(top + window.scrollY);
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    scrollMargin: offset,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowId(row);
    },
  });
  return (
    <ul
      ref={list}
      aria-label={label}
      className="relative rounded-md border border-line bg-surface"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        const body = narrowRow(row);
        return (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className="absolute top-0 left-0 flex min-h-16 w-full items-center gap-2 border-b border-line px-3 py-2 last:border-b-0"
            style={{ transform: `translateY(${item.start - offset}px)` }}
          >
            {rowHref === undefined ? (
              <div className="min-w-0 flex-1">{body}</div>
            ) : (
              <Link to={rowHref(row)} className="row-link min-w-0 flex-1">
                {body}
              </Link>
            )}
            {rowActions !== undefined && <div className="z-1">{rowActions(row)}</div>}
          </li>
        );
      })}
    </ul>
  );
}
