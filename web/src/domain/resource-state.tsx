import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { ErrorState, SkeletonRows, StaleNotice } from '../ui/view-state.tsx';

interface ResourceStateProps<T> {
  readonly query: UseQueryResult<readonly T[]>;
  /** "The sites" */
  readonly what: string;
  readonly children: (items: readonly T[]) => ReactNode;
}

/** A list from the server in all its states. */
export function ResourceState<T>({ query, what, children }: ResourceStateProps<T>) {
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    return query.isError ? (
      <ErrorState title={`${what} could not be loaded`} error={query.error} onRetry={retry} />
    ) : (
      <SkeletonRows />
    );
  }
  return (
    <>
      {query.isError && (
        <StaleNotice error={query.error} lastSuccessAt={query.dataUpdatedAt} onRetry={retry} />
      )}
      {children(query.data)}
    </>
  );
}

/** Which form of a page is open, in the URL: `add=1` or `edit=<id>`. */
export function useFormAddress() {
  const [parameters, setParameters] = useSearchParams();
  const change = (name: string | undefined, value: string) => {
    const next = new URLSearchParams(parameters);
    next.delete('add');
    next.delete('edit');
    if (name !== undefined) next.set(name, value);
    setParameters(next, { replace: name === undefined });
  };
  return {
    adding: parameters.get('add') !== null,
    editing: parameters.get('edit') ?? undefined,
    add: () => change('add', '1'),
    edit: (id: string) => change('edit', id),
    close: () => change(undefined, ''),
  };
}
