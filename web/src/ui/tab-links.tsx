import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { classNames } from './class-names.ts';

export interface TabLink {
  readonly to: string;
  readonly label: string;
  readonly active: boolean;
  readonly count?: number | undefined;
}

/** Tabs that are addresses: each is a link, so that a colleague opens the same one. */
export function TabLinks({ label, tabs }: { readonly label: string; readonly tabs: readonly TabLink[] }) {
  const bar = useRef<HTMLElement>(null);
  const shape = tabs.map((tab) => `${tab.label} ${tab.count} ${tab.active}`).join();
  useEffect(() => {
    // Where there is no room for all, the one that is shown is in sight.
    const link = shape === '' ? null : bar.current?.querySelector<HTMLElement>('[aria-current]');
    if (bar.current !== null && link !== null && link !== undefined)
      bar.current.scrollLeft = link.offsetLeft + link.offsetWidth - bar.current.clientWidth;
  }, [shape]);
  return (
    <nav
      ref={bar}
      aria-label={label}
      className="relative -mb-px flex shrink-0 gap-1 overflow-x-auto border-b border-line"
    >
      {tabs.map((tab) => (
        <Link
          key={tab.label}
          to={tab.to}
          aria-current={tab.active ? 'page' : undefined}
          className={classNames(
            'flex h-9 items-center gap-1.5 border-b-2 px-3 text-13 font-medium whitespace-nowrap max-md:h-11',
            'focus-visible:-outline-offset-2',
            tab.active ? 'border-accent text-text' : 'border-transparent text-soft hover:text-text',
          )}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="tabular rounded-full bg-active px-1.5 text-12 text-soft">{tab.count}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
