import type { Credential } from '@stratora/contract';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useRevealCredential } from '../../api/resources.ts';
import { secretFieldName } from '../../domain/credential-words.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { Field, FormError, TextInput } from '../../ui/field.tsx';
import { useSubmit } from '../../ui/form-state.ts';

/** Shows a secret after a reason was given; the audit log keeps who, when and why. */
export function RevealDialog({
  credential,
  onClose,
}: {
  readonly credential: Credential | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      open={credential !== undefined}
      onClose={onClose}
      title={`Reveal ${credential?.name ?? ''}`}
      lead="Who, when and why is written to the audit log."
    >
      {credential !== undefined && <RevealBody id={credential.id} onClose={onClose} />}
    </Dialog>
  );
}

function RevealBody({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const reveal = useRevealCredential();
  const [secret, setSecret] = useState<Record<string, unknown>>();
  const form = useForm({ defaultValues: { reason: '' } });
  const { message, submit, saving } = useSubmit(form, ['reason'], async ({ reason }) => {
    const answer = await reveal.mutateAsync({ id, reason: reason.trim() });
    setSecret(answer.secret);
  });
  if (secret !== undefined) {
    return (
      <>
        <DialogBody>
          <dl className="flex flex-col gap-2">
            {Object.entries(secret).map(([name, value]) => (
              <div key={name} className="flex items-center gap-3">
                <dt className="w-44 shrink-0 text-13 text-faint first-letter:uppercase">
                  {secretFieldName(name)}
                </dt>
                <dd className="flex min-w-0 flex-1 items-center gap-1 font-mono text-13">
                  <span className="min-w-0 flex-1 break-all">{String(value)}</span>
                  <CopyButton text={String(value)} label={`Copy ${secretFieldName(name)}`} />
                </dd>
              </div>
            ))}
          </dl>
        </DialogBody>
        <DialogFooter>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </DialogFooter>
      </>
    );
  }
  return (
    <form noValidate className="flex flex-col" onSubmit={(event) => void submit(event)}>
      <DialogBody className="flex flex-col gap-4">
        <FormError>{message}</FormError>
        <Field label="Reason" error={form.formState.errors.reason?.message}>
          {(control) => (
            <TextInput
              {...control}
              {...form.register('reason', { required: 'Say why you need to see it' })}
              autoComplete="off"
            />
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={saving}>
          Reveal
        </Button>
      </DialogFooter>
    </form>
  );
}
