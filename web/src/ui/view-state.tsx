import { CloudOff, type LucideIcon, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { formatAgo } from './format/time.ts';
import { toServerTime, useNow } from './state/clock.ts';

/** A block of the size of what is to come. Invisible for 200 ms: quick answers never flicker. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={classNames('skeleton', className)} />;
}

export function SkeletonRows({
  count = 6,
  className = 'h-5',
}: {
  readonly count?: number;
  readonly className?: string;
}) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className={className} />
      ))}
    </div>
  );
}

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What this is for. */
  readonly children: ReactNode;
  /** The one next step. */
  readonly action?: ReactNode;
  /** The page is nothing but this. */
  readonly alone?: boolean;
}

export function EmptyState({ icon: Icon, title, children, action, alone = false }: EmptyStateProps) {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-14 text-center">
      <span className="mb-2 inline-flex size-10 items-center justify-center rounded-md border border-line bg-raised text-faint">
        <Icon size={20} aria-hidden />
      </span>
      <Heading className="text-16 font-semibold">{title}</Heading>
      <div className="text-soft">{children}</div>
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

interface ErrorStateProps {
  /** What failed: "Nodes could not be loaded". */
  readonly title: string;
  readonly error: unknown;
  /** When it last worked, in epoch milliseconds of the browser; 0 where it never did. */
  readonly lastSuccessAt?: number;
  readonly stillWorks?: string;
  readonly onRetry: () => void;
}

/** The view of a failure: what failed, why, since when, what still works, and a way to try again. */
export function ErrorState({ title, error, lastSuccessAt = 0, stillWorks, onRetry }: ErrorStateProps) {
  const now = useNow();
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-12 text-center">
      <CloudOff size={24} aria-hidden className="mb-1 text-critical" />
      <h2 className="text-16 font-semibold">{title}</h2>
      <p className="text-soft">{error instanceof Error ? error.message : 'The reason is not known.'}</p>
      {lastSuccessAt > 0 && (
        <p className="text-faint">It last worked {formatAgo(toServerTime(lastSuccessAt), now)}.</p>
      )}
      {stillWorks !== undefined && <p className="text-faint">{stillWorks}</p>}
      <div className="mt-2">
        <Button icon={<RotateCw size={14} aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
      </div>
    </div>
  );
}

/** A line above content that is shown although its reload failed. */
export function StaleNotice({
  error,
  lastSuccessAt,
  onRetry,
}: Pick<ErrorStateProps, 'error' | 'onRetry'> & { readonly lastSuccessAt: number }) {
  const now = useNow();
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-warning bg-warning-soft px-3 py-1.5 text-13 text-text"
    >
      <CloudOff size={16} aria-hidden className="shrink-0 text-warning" />
      <span className="min-w-0 flex-1">
        Shown as it was {formatAgo(toServerTime(lastSuccessAt), now)}.{' '}
        {error instanceof Error ? error.message : ''}
      </span>
      <button
        type="button"
        onClick={onRetry}
        className="font-medium text-accent-text underline-offset-2 hover:underline"
      >
        Try again
      </button>
    </div>
  );
}
