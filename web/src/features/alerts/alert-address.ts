import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { formatSort, parseSort, type Sort } from '../../ui/table/column.ts';
import { type AlertFilter, readAlertFilter, writeAlertFilter } from './alert-filter.ts';

/** What the address says of a list of alerts, and how to change it. */
export function useAlertAddress(fallback: Sort) {
  const [parameters, setParameters] = useSearchParams();
  const filter = useMemo(() => readAlertFilter(parameters), [parameters]);
  const wanted = parameters.get('sort');
  const sort = useMemo(() => parseSort(wanted, fallback), [wanted, fallback]);
  const put = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(parameters);
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    setParameters(next, { replace: true });
  };
  return {
    filter,
    sort,
    isGrouped: parameters.get('group') !== 'off',
    change: (part: Partial<AlertFilter>) =>
      setParameters(writeAlertFilter(parameters, part), { replace: true }),
    order: (next: Sort) => put('sort', formatSort(next)),
    group: (on: boolean) => put('group', on ? undefined : 'off'),
  };
}
