import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly lead?: ReactNode;
  /** `center`: a question or a short form. `right`: a longer form beside the page it belongs to. `left`: navigation. */
  readonly side?: 'center' | 'right' | 'left';
  readonly wide?: boolean;
  readonly children: ReactNode;
}

const PLACES = {
  center:
    'left-1/2 top-[12vh] max-h-[80dvh] w-[calc(100vw-24px)] -translate-x-1/2 rounded-md data-starting-style:opacity-0 data-ending-style:opacity-0',
  right:
    'right-0 top-0 h-dvh w-full border-y-0 border-r-0 data-starting-style:translate-x-4 data-starting-style:opacity-0 data-ending-style:opacity-0',
  left: 'left-0 top-0 h-dvh w-72 max-w-[85vw] border-y-0 border-l-0 data-starting-style:-translate-x-4 data-starting-style:opacity-0 data-ending-style:opacity-0',
} as const;

/** Finds the field that the form of a dialog begins with; of choices the one that is chosen. */
export function firstField(popup: Element | null): HTMLElement | undefined {
  const first = popup?.querySelector<HTMLInputElement>('form input, form textarea') ?? undefined;
  if (first?.type !== 'radio') return first;
  return popup?.querySelector<HTMLElement>('form input[type="radio"]:checked') ?? first;
}

/** A modal part: focus stays inside and returns where it came from, Escape closes. */
export function Dialog({ open, onClose, title, lead, side = 'center', wide = false, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <BaseDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-overlay transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup
          ref={popup}
          // A form begins at its first field, not at the button that closes it.
          initialFocus={() => firstField(popup.current) ?? true}
          className={classNames(
            'fixed z-50 flex flex-col border border-line-strong bg-surface text-text shadow-(--shadow) outline-none transition-[opacity,translate] duration-100',
            PLACES[side],
            side === 'center' && (wide ? 'sm:max-w-2xl' : 'sm:max-w-md'),
            side === 'right' && (wide ? 'sm:max-w-2xl' : 'sm:max-w-lg'),
          )}
        >
          <div className="flex items-start gap-3 border-b border-line py-3 pr-3 pl-5">
            <div className="min-w-0 flex-1 py-1">
              <BaseDialog.Title className="text-16 font-semibold">{title}</BaseDialog.Title>
              {lead !== undefined && (
                <BaseDialog.Description className="mt-0.5 text-13 text-soft">{lead}</BaseDialog.Description>
              )}
            </div>
            <BaseDialog.Close render={<IconButton label="Close" />}>
              <X size={16} aria-hidden />
            </BaseDialog.Close>
          </div>
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

export function DialogBody({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return <div className={classNames('min-h-0 flex-1 overflow-y-auto px-5 py-4', className)}>{children}</div>;
}

export function DialogFooter({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
      {children}
    </div>
  );
}
