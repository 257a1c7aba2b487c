import type { Alert } from '@stratora/contract';
import { useState } from 'react';
import { useActOnAlerts } from '../../api/alerts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { describeError } from '../../ui/error-text.ts';
import { Field, TextArea } from '../../ui/field.tsx';
import { FormBody } from '../../ui/form-dialog.tsx';
import { tellDone } from '../../ui/toast.tsx';
import { actedWords, namesOf } from './action-words.ts';

const COMMENT_MAX = 2_000;

export interface ActionDialogProps {
  /** The alerts it is about; none: closed. */
  readonly alerts: readonly Alert[];
  readonly onClose: () => void;
  readonly onDone?: (() => void) | undefined;
}

/** Takes alerts on, with a word for the colleagues. */
export function AcknowledgeDialog(props: ActionDialogProps) {
  return (
    <Dialog
      open={props.alerts.length > 0}
      onClose={props.onClose}
      title={props.alerts.length > 1 ? `Acknowledge ${props.alerts.length} alerts` : 'Acknowledge'}
      lead={namesOf(props.alerts)}
    >
      {props.alerts.length > 0 && <AcknowledgeForm {...props} />}
    </Dialog>
  );
}

function AcknowledgeForm({ alerts, onClose, onDone }: ActionDialogProps) {
  const [comment, setComment] = useState('');
  const act = useActOnAlerts();
  const save = async () => {
    const text = comment.trim();
    const answer = await act.mutateAsync({
      ids: alerts.map(({ id }) => id),
      acting: { action: 'acknowledge', ...(text === '' ? {} : { comment: text }) },
    });
    tellDone(actedWords(answer, 'acknowledged'));
    onClose();
    onDone?.();
  };
  return (
    <FormBody
      message={act.isError ? describeError(act.error) : undefined}
      saving={act.isPending}
      saveLabel="Acknowledge"
      // What went wrong is shown by the state of the call.
      onSubmit={() => save().catch(() => undefined)}
      onCancel={onClose}
    >
      <Field
        label="Comment"
        optional
        help="Your colleagues see who is on it. It falls away when the alert gets worse."
      >
        {(control) => (
          <TextArea
            {...control}
            value={comment}
            maxLength={COMMENT_MAX}
            onChange={(event) => setComment(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.currentTarget.form?.requestSubmit();
              }
            }}
          />
        )}
      </Field>
    </FormBody>
  );
}
