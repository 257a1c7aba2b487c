import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { classNames } from './class-names.ts';

interface PageProps {
  readonly title: string;
  /** Beside the title: a count, a state. */
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  /** One sentence on what this page is for. */
  readonly lead?: ReactNode;
  /** Fills the window instead of growing with its content: pages that are one table. */
  readonly fill?: boolean;
  readonly children: ReactNode;
}

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Stratora`;
  }, [title]);
}

export function Page({ title, aside, actions, lead, fill = false, children }: PageProps) {
  usePageTitle(title);
  return (
    <div
      className={classNames(
        'mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6',
        fill && 'min-h-0 flex-1 md:overflow-hidden',
      )}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-20 font-semibold tracking-tight">{title}</h1>
        {aside}
        {actions !== undefined && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
        {lead !== undefined && <p className="basis-full text-soft">{lead}</p>}
      </header>
      {children}
    </div>
  );
}

interface PanelProps {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A bordered part of a page with a title. */
export function Panel({ title, aside, className, children }: PanelProps) {
  return (
    <section className={classNames('min-w-0 rounded-md border border-line bg-surface', className)}>
      {title !== undefined && (
        <div className="flex min-h-11 items-center gap-3 border-b border-line px-4 py-2">
          <h2 className="text-14 font-semibold">{title}</h2>
          {aside !== undefined && (
            <div className="ml-auto flex items-center gap-2 text-13 text-soft">{aside}</div>
          )}
        </div>
      )}
      {children}
    </section>
  );
}

/** Facts as label and value, in columns. */
export function Facts({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return <dl className={classNames('grid gap-x-8 gap-y-3 text-13 sm:grid-cols-2', className)}>{children}</dl>;
}

export function Fact({
  label,
  wide = false,
  children,
}: {
  readonly label: string;
  /** As wide as all columns. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={classNames('min-w-0', wide && 'col-span-full')}>
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
