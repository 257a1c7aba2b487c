import { Toast } from '@base-ui/react/toast';
import { CircleCheck, OctagonAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { describeError } from './error-text.ts';

const manager = Toast.createToastManager();

/** Says that something was done. */
export function tellDone(title: string, description?: string): void {
  manager.add({ title, type: 'done', ...(description === undefined ? {} : { description }) });
}

/** Says that something failed, and why; stays longer and interrupts a screen reader. */
export function tellFailure(title: string, error: unknown): void {
  manager.add({
    title,
    description: describeError(error),
    type: 'failure',
    timeout: 12_000,
    priority: 'high',
  });
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-md border border-line-strong bg-raised shadow-(--shadow) transition-opacity duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-3 py-2 pr-1 pl-3">
        {toast.type === 'failure' ? (
          <OctagonAlert size={16} aria-hidden className="mt-2 shrink-0 text-critical" />
        ) : (
          <CircleCheck size={16} aria-hidden className="mt-2 shrink-0 text-healthy" />
        )}
        <div className="min-w-0 flex-1 py-1.5">
          <Toast.Title className="text-13 font-medium" />
          <Toast.Description className="text-13 break-words text-soft" />
        </div>
        <Toast.Close render={<IconButton label="Dismiss" />}>
          <X size={16} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

export function ToastArea({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} timeout={5_000} limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-60 max-sm:top-14 max-sm:bottom-auto flex w-96 max-w-[calc(100vw-32px)] flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
