import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogBody, DialogFooter, firstField } from './dialog.tsx';
import { FormError } from './field.tsx';
import { useUnloadGuard } from './form-state.ts';

interface FormDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly wide?: boolean;
  /** The form, made only while open, so that it starts fresh each time. */
  readonly children: (close: FormClose) => ReactNode;
}

export interface FormClose {
  /** Closes without asking: after saving. */
  readonly done: () => void;
  /** Closes, but asks first when something was changed. */
  readonly cancel: () => void;
  /** Tells whether there are unsaved changes. */
  readonly setDirty: (dirty: boolean) => void;
}

/** A form in a sheet beside the page; unsaved changes are guarded. */
export function FormDialog({ open, onClose, title, lead, wide = false, children }: FormDialogProps) {
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  useUnloadGuard(open && dirty);
  const done = () => {
    setDirty(false);
    setAsking(false);
    onClose();
  };
  const cancel = () => (dirty ? setAsking(true) : done());
  return (
    <>
      <Dialog open={open} onClose={cancel} title={title} lead={lead} side="right" wide={wide}>
        {open && children({ done, cancel, setDirty })}
      </Dialog>
      <Dialog open={asking} onClose={() => setAsking(false)} title="Discard your changes?">
        <DialogBody>
          <p className="text-soft">What you entered has not been saved.</p>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => setAsking(false)}>Keep editing</Button>
          <Button look="danger" onClick={done}>
            Discard
          </Button>
        </DialogFooter>
      </Dialog>
    </>
  );
}

/** What an editor may do about a refusal, beside changing the form. */
export interface FormRemedy {
  /** What was refused, where the refusal stands beside a field. */
  readonly why?: string;
  readonly label: string;
  readonly run: () => void;
}

interface FormBodyProps {
  readonly message: string | undefined;
  readonly remedy?: FormRemedy | undefined;
  readonly saving: boolean;
  readonly saveLabel: string;
  readonly onSubmit: () => Promise<void>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

export function FormBody({
  message,
  remedy,
  saving,
  saveLabel,
  onSubmit,
  onCancel,
  children,
}: FormBodyProps) {
  const form = useRef<HTMLFormElement>(null);
  // What is edited comes after its sheet has opened: by then the focus is on the button that closes it.
  useEffect(() => {
    const sheet = form.current?.closest('[role="dialog"]') ?? null;
    const isElsewhere = !form.current?.contains(document.activeElement);
    if (sheet?.contains(document.activeElement) && isElsewhere) firstField(sheet)?.focus();
  }, []);
  return (
    <form
      ref={form}
      noValidate
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void onSubmit();
      }}
    >
      <DialogBody className="flex flex-col gap-5">
        {remedy === undefined ? (
          <FormError>{message}</FormError>
        ) : (
          <div
            role="alert"
            className="flex flex-col items-start gap-2 rounded-md border border-warning bg-warning-soft p-3 text-13"
          >
            <p>{message ?? remedy.why}</p>
            <Button disabled={saving} onClick={remedy.run}>
              {remedy.label}
            </Button>
          </div>
        )}
        {children}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" disabled={saving}>
          {saving ? 'Saving…' : saveLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
