import { type ReactNode, useEffect } from 'react';
import { type FieldValues, type UseFormReturn, useFormState } from 'react-hook-form';
import { FormBody, type FormClose, FormDialog, type FormRemedy } from '../ui/form-dialog.tsx';
import type { FormSubmit } from '../ui/form-state.ts';
import { type Edited, EditedEntity, reloadRemedy } from './edited-entity.tsx';

interface EditDialogProps<T> {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** What is edited; a new one where there is none. */
  readonly entity: T | undefined;
  readonly pathOf: (id: string) => string;
  readonly addTitle: string;
  /** Of a new one: what it is for. */
  readonly addLead?: string;
  /** The form, with what is edited as the server has it. */
  readonly children: (edited: Edited<T> | undefined, close: FormClose) => ReactNode;
}

/** A sheet that makes a new thing, or edits one that is there. */
export function EditDialog<T extends { readonly id: string; readonly name: string }>({
  open,
  onClose,
  wide = false,
  entity,
  pathOf,
  addTitle,
  addLead,
  children,
}: EditDialogProps<T>) {
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      wide={wide}
      title={entity === undefined ? addTitle : `Edit ${entity.name}`}
      lead={entity === undefined ? addLead : undefined}
    >
      {(close) => (
        <EditedEntity<T> path={entity && pathOf(entity.id)}>
          {(edited) => children(edited, close)}
        </EditedEntity>
      )}
    </FormDialog>
  );
}

interface EditFormProps<T extends FieldValues> {
  readonly form: UseFormReturn<T>;
  readonly state: FormSubmit;
  readonly edited: Edited<unknown> | undefined;
  readonly close: FormClose;
  /** What the button says that saves a new one. */
  readonly addLabel?: string;
  /** What to do about a refusal, where it is not that somebody else's change came first. */
  readonly remedy?: FormRemedy | undefined;
  readonly children: ReactNode;
}

/** A form in a sheet, which says what the server refused and is not closed over unsaved changes. */
export function EditForm<T extends FieldValues>({
  form,
  state: { message, code, submit, saving },
  edited,
  close,
  addLabel = 'Save',
  remedy,
  children,
}: EditFormProps<T>) {
  const { isDirty } = useFormState({ control: form.control });
  useEffect(() => close.setDirty(isDirty), [close, isDirty]);
  return (
    <FormBody
      message={message}
      remedy={remedy ?? reloadRemedy(code, edited)}
      saving={saving}
      saveLabel={edited === undefined ? addLabel : 'Save'}
      onSubmit={submit}
      onCancel={close.cancel}
    >
      {children}
    </FormBody>
  );
}
