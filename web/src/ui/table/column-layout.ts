import { useMemo } from 'react';
import { usePreference } from '../state/preference.ts';
import type { Column } from './column.ts';

interface Layout {
  readonly shown?: Readonly<Record<string, boolean>>;
  readonly widths?: Readonly<Record<string, number>>;
}
const EMPTY: Layout = {};
const WIDTH_MIN = 64;
const WIDTH_MAX = 800;

export interface ColumnLayout<T> {
  readonly visible: readonly Column<T>[];
  readonly widthOf: (column: Column<T>) => number;
  readonly isShown: (column: Column<T>) => boolean;
  readonly show: (column: Column<T>, shown: boolean) => void;
  readonly resize: (column: Column<T>, width: number) => void;
}

/** Which columns a person sees and how wide, kept on this browser under the table's name. */
export function useColumnLayout<T>(table: string, columns: readonly Column<T>[]): ColumnLayout<T> {
  const [layout, setLayout] = usePreference<Layout>(`table.${table}`, EMPTY);
  return useMemo(() => {
    const isShown = (column: Column<T>) => layout.shown?.[column.id] ?? column.hidden !== true;
    return {
      visible: columns.filter((column, index) => index === 0 || isShown(column)),
      widthOf: (column) => layout.widths?.[column.id] ?? column.width,
      isShown,
      show: (column, shown) => setLayout({ ...layout, shown: { ...layout.shown, [column.id]: shown } }),
      resize: (column, width) =>
        setLayout({
          ...layout,
          widths: {
            ...layout.widths,
            [column.id]: Math.round(Math.min(Math.max(width, WIDTH_MIN), WIDTH_MAX)),
          },
        }),
    };
  }, [columns, layout, setLayout]);
}
