import type { UseQueryResult } from '@tanstack/react-query';
import { ChevronRight, type LucideIcon } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiError } from '../api/client.ts';
import { ButtonLink } from '../ui/button.tsx';
import { usePageTitle } from '../ui/page.tsx';
import { EmptyState, ErrorState, Skeleton, StaleNotice } from '../ui/view-state.tsx';

interface EntityPageProps<T> {
  readonly query: UseQueryResult<T>;
  /** What it is, in lower case: "team". */
  readonly noun: string;
  readonly icon: LucideIcon;
  /** The list of all of them: where one that is gone leads to. */
  readonly list: { readonly to: string; readonly label: string };
  /** What became of one that is not there. */
  readonly gone: string;
  readonly children: (entity: T) => ReactNode;
}

/** The page of one thing that has a name, in all its states: loading, not there, failed, shown as it was. */
export function EntityPage<T extends { readonly name: string }>({
  query,
  noun,
  icon,
  list,
  gone,
  children,
}: EntityPageProps<T>) {
  usePageTitle(query.data?.name ?? noun.charAt(0).toUpperCase() + noun.slice(1));
  const retry = () => void query.refetch();
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6">
      {query.data !== undefined ? (
        <>
          {query.isError && (
            <StaleNotice error={query.error} lastSuccessAt={query.dataUpdatedAt} onRetry={retry} />
          )}
          {children(query.data)}
        </>
      ) : !query.isError ? (
        <div role="status" aria-label="Loading" className="flex flex-col gap-4">
          <Skeleton className="h-16" />
          <Skeleton className="h-80" />
        </div>
      ) : isMissing(query.error) ? (
        <EmptyState
          alone
          icon={icon}
          title={`There is no such ${noun}`}
          action={<ButtonLink to={list.to}>{list.label}</ButtonLink>}
        >
          {gone}
        </EmptyState>
      ) : (
        <ErrorState title={`The ${noun} could not be loaded`} error={query.error} onRetry={retry} />
      )}
    </div>
  );
}

/** Whether nothing has the id of the address, which need not be an id at all. */
function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 400);
}

interface EntityHeaderProps {
  /** The pages above it, the outermost first. */
  readonly path: readonly { readonly to: string; readonly label: string }[];
  readonly name: string;
  /** Beside the name: its state. */
  readonly marks?: ReactNode;
  readonly actions?: ReactNode;
  /** Sentences on what it is. */
  readonly children: ReactNode;
}

/** The head of the page of one thing: where it belongs, its name and state, and what can be done with it. */
export function EntityHeader({ path, name, marks, actions, children }: EntityHeaderProps) {
  return (
    <header className="flex flex-col gap-3">
      <nav aria-label="Path" className="flex min-w-0 items-center gap-1 text-13 text-faint">
        {path.map(({ to, label }, place) => (
          <Fragment key={to}>
            {place > 0 && <ChevronRight size={14} aria-hidden className="shrink-0" />}
            <Link
              to={to}
              className={`${place === 0 ? 'shrink-0' : 'truncate'} hover:text-text hover:underline`}
            >
              {label}
            </Link>
          </Fragment>
        ))}
      </nav>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-2">
            <h1 className="text-20 font-semibold tracking-tight break-words">{name}</h1>
            {marks}
          </div>
          <div className="break-words text-soft">{children}</div>
        </div>
        {actions !== undefined && <div className="flex items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
