import type { ReactNode } from 'react';
import { Mark } from '../../ui/mark.tsx';
import { usePageTitle } from '../../ui/page.tsx';

/** The frame of pages before the shell: one card, one question. */
export function AuthFrame({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}) {
  usePageTitle(title);
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[14vh] pb-10">
      <div className="w-full max-w-90">
        <div className="mb-8 flex items-center gap-2.5">
          <Mark size={32} />
          <span className="text-20 font-semibold tracking-tight">Stratora</span>
        </div>
        <h1 className="text-20 font-semibold">{title}</h1>
        {lead !== undefined && <p className="mt-1 text-soft">{lead}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
