import type { ReactNode } from 'react';
import type { Column, Sort } from './column.ts';

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
  readonly nameOf: (id: string) => string;
}

export interface DataTableProps<T> {
  /** The key under which a person's columns are kept. */
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column<T>[];
  /** Already filtered and sorted. */
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly rowHref?: (row: T) => string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selection?: Selection | undefined;
  /** A row on a narrow screen: two lines instead of columns. */
  readonly narrowRow: (row: T) => ReactNode;
  /** Keys beside those of every table, with what they do; they get the row that the keyboard is on. */
  readonly keys?: Readonly<Record<string, (row: T | undefined) => void>> | undefined;
  /** What to do with a row, at its end. */
  readonly rowActions?: ((row: T) => ReactNode) | undefined;
  /** Takes the height that is left and scrolls inside; else it grows with its rows. */
  readonly fill?: boolean;
  readonly empty: ReactNode;
}
