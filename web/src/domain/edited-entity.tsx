import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { editedQuery } from '../api/edited.ts';
import type { FormRemedy } from '../ui/form-dialog.tsx';
import { ErrorState, SkeletonRows } from '../ui/view-state.tsx';

/** A resource that is edited, as it was when the form opened. */
export interface Edited<T> {
  readonly value: T;
  /** Sent with the change, so that it never overwrites one that came between. */
  readonly etag: string;
  /** Reads it again and starts the form anew. */
  readonly reload: () => void;
}

interface EditedEntityProps<T> {
  /** Path of the resource; none for a new one. */
  readonly path: string | undefined;
  readonly children: (edited: Edited<T> | undefined) => ReactNode;
}

/** Loads what a form edits before the form is there; a new one has nothing to load. */
export function EditedEntity<T>({ path, children }: EditedEntityProps<T>) {
  const query = useQuery({ ...editedQuery<T>(path ?? ''), enabled: path !== undefined });
  if (path === undefined) return children(undefined);
  const reload = () => void query.refetch();
  if (query.data === undefined) {
    return query.isError ? (
      <ErrorState title="It could not be loaded" error={query.error} onRetry={reload} />
    ) : (
      <SkeletonRows />
    );
  }
  return <Fragment key={query.data.etag}>{children({ ...query.data, reload })}</Fragment>;
}

/** Offers the editor, whose change came second, the state that came first. */
export function reloadRemedy(
  code: string | undefined,
  edited: Edited<unknown> | undefined,
): FormRemedy | undefined {
  if (code !== 'changed_meanwhile' || edited === undefined) return undefined;
  return { label: 'Discard mine and load theirs', run: edited.reload };
}
