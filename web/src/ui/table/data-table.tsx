import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useIsNarrow } from '../state/media.ts';
import { formatSort } from './column.ts';
import { type ColumnLayout, useColumnLayout } from './column-layout.ts';
import { HeaderRow } from './header-row.tsx';
import { NarrowList } from './narrow-list.tsx';
import { useRowKeys } from './row-cursor.ts';
import type { DataTableProps, Selection } from './table-props.ts';
import { ROW_HEIGHT_PX, TableRow } from './table-row.tsx';

const OVERSCAN_ROWS = 12;
/** A table that fills what is left keeps at least this, and the page scrolls where that is too much. */
const FILL_MIN_PX = 400;
const HEADER_PX = 40;
const SELECT_PX = 44;
const ACTIONS_PX = 52;

export function DataTable<T>(props: DataTableProps<T>) {
  const narrow = useIsNarrow();
  if (props.rows.length === 0) {
    return <div className="rounded-md border border-line bg-surface">{props.empty}</div>;
  }
  return narrow ? <NarrowList {...props} /> : <WideTable {...props} />;
}

function template<T>(layout: ColumnLayout<T>, selectable: boolean, actions: boolean): string {
  const columns = layout.visible.map((column, index) =>
    column.grows === true
      ? `minmax(${layout.widthOf(column)}px, 3fr)`
      : index === 0
        ? `minmax(${layout.widthOf(column)}px, 1fr)`
        : `${layout.widthOf(column)}px`,
  );
  return [selectable && `${SELECT_PX}px`, ...columns, actions && `${ACTIONS_PX}px`].filter(Boolean).join(' ');
}

/** The least width that the columns need; below that the table scrolls sideways. */
function minWidth<T>(layout: ColumnLayout<T>, selectable: boolean, actions: boolean): number {
  const columns = layout.visible.reduce((sum, column) => sum + layout.widthOf(column), 0);
  return columns + (selectable ? SELECT_PX : 0) + (actions ? ACTIONS_PX : 0);
}

/** The row that the keyboard is on; it leaves when the rows change under it. */
function useCursor<T>(props: DataTableProps<T>, reveal: (index: number) => void) {
  const { rows, rowId, rowHref, selection, keys } = props;
  const [cursor, setCursor] = useState<string>();
  const navigate = useNavigate();
  const index = useMemo(
    () => (cursor === undefined ? -1 : rows.findIndex((row) => rowId(row) === cursor)),
    [rows, rowId, cursor],
  );
  useRowKeys({
    move: (by) => {
      const next = Math.min(Math.max(index + by, 0), rows.length - 1);
      const row = rows[next];
      if (row === undefined) return;
      setCursor(rowId(row));
      reveal(next);
    },
    open: () => {
      const row = rows[index];
      if (row !== undefined && rowHref !== undefined) void navigate(rowHref(row));
    },
    toggle: () => {
      if (index >= 0 && cursor !== undefined && selection !== undefined) toggle(selection, cursor);
    },
    other: (key) => {
      if (keys !== undefined && Object.hasOwn(keys, key)) keys[key]?.(rows[index]);
    },
  });
  return cursor;
}

function toggle(selection: Selection, id: string): void {
  const next = new Set(selection.selected);
  if (!next.delete(id)) next.add(id);
  selection.onChange(next);
}

function WideTable<T>(props: DataTableProps<T>) {
  const {
    name,
    label,
    columns,
    rows,
    rowId,
    rowHref,
    sort,
    onSort,
    selection,
    rowActions,
    fill = false,
  } = props;
  const layout = useColumnLayout(name, columns);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: OVERSCAN_ROWS,
    scrollPaddingStart: ROW_HEIGHT_PX,
    enabled: fill,
  });
  const cursor = useCursor(props, (index) => {
    if (fill) virtualizer.scrollToIndex(index);
  });
  const order = formatSort(sort);
  useEffect(() => {
    // Another order means another list: begin at its head.
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [order]);

  const grid = template(layout, selection !== undefined, rowActions !== undefined);
  const row = (item: T, index: number, top: number | undefined) => (
    <TableRow
      key={rowId(item)}
      item={item}
      id={rowId(item)}
      index={index}
      top={top}
      grid={grid}
      columns={layout.visible}
      href={rowHref?.(item)}
      atCursor={cursor === rowId(item)}
      selection={selection}
      onToggle={(id) => selection !== undefined && toggle(selection, id)}
      actions={rowActions}
    />
  );
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      className={
        fill
          ? 'shrink overflow-auto rounded-md border border-line bg-surface'
          : 'overflow-x-auto rounded-md border border-line bg-surface'
      }
      style={fill ? { minHeight: Math.min(FILL_MIN_PX, HEADER_PX + rows.length * ROW_HEIGHT_PX) } : undefined}
    >
      <div style={{ minWidth: minWidth(layout, selection !== undefined, rowActions !== undefined) }}>
        <HeaderRow
          grid={grid}
          columns={columns}
          layout={layout}
          sort={sort}
          onSort={onSort}
          selection={selection}
          ids={rows.map(rowId)}
          hasActions={rowActions !== undefined}
        />
        <div
          role="rowgroup"
          className="relative"
          style={fill ? { height: virtualizer.getTotalSize() } : undefined}
        >
          {fill
            ? virtualizer.getVirtualItems().map((item) => {
                const entry = rows[item.index];
                return entry === undefined ? null : row(entry, item.index, item.start);
              })
            : rows.map((entry, index) => row(entry, index, undefined))}
        </div>
      </div>
    </div>
  );
}
