import { useState } from 'react';
import { useActOnAlerts } from '../../api/alerts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { describeError, fieldFaults } from '../../ui/error-text.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormBody } from '../../ui/form-dialog.tsx';
import { toFieldTime } from '../../ui/format/field-time.ts';
import { zoneName } from '../../ui/format/time.ts';
import { serverNow } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { tellDone } from '../../ui/toast.tsx';
import type { ActionDialogProps } from './acknowledge-dialog.tsx';
import { actedWords, namesOf } from './action-words.ts';
import { MUTE_CHOICES, MUTE_LABELS, type MuteChoice, muteUntil } from './mute-choice.ts';

const DAY_MS = 86_400_000;

/** Has nobody told of alerts, until a time or until they resolve. */
export function MuteDialog(props: ActionDialogProps) {
  return (
    <Dialog
      open={props.alerts.length > 0}
      onClose={props.onClose}
      title={props.alerts.length > 1 ? `Mute ${props.alerts.length} alerts` : 'Mute'}
      lead={namesOf(props.alerts)}
    >
      {props.alerts.length > 0 && <MuteForm {...props} />}
    </Dialog>
  );
}

function MuteForm({ alerts, onClose, onDone }: ActionDialogProps) {
  const [choice, setChoice] = useState<MuteChoice>('1h');
  const [zone] = useZone();
  const [at, setAt] = useState(() => toFieldTime(serverNow() + DAY_MS, zone));
  const [fault, setFault] = useState<string>();
  const act = useActOnAlerts();
  const [refused] = fieldFaults(act.error);
  const failure = act.isError ? describeError(act.error) : undefined;
  const save = async () => {
    const until = muteUntil(choice, at, serverNow(), zone);
    setFault(until === undefined ? 'Enter a date and a time' : undefined);
    if (until === undefined) return;
    const answer = await act.mutateAsync({
      ids: alerts.map(({ id }) => id),
      acting: { action: 'mute', until },
    });
    tellDone(actedWords(answer, 'muted'));
    onClose();
    onDone?.();
  };
  return (
    <FormBody
      message={refused === undefined ? failure : `The time ${refused.message}.`}
      saving={act.isPending}
      saveLabel="Mute"
      // What went wrong is shown by the state of the call.
      onSubmit={() => save().catch(() => undefined)}
      onCancel={onClose}
    >
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">For how long</legend>
        {MUTE_CHOICES.map((value) => (
          <label key={value} className="flex items-center gap-2.5 text-14 max-md:min-h-10">
            <input
              type="radio"
              name="until"
              value={value}
              checked={choice === value}
              onChange={() => setChoice(value)}
              className="size-4 accent-accent"
            />
            {MUTE_LABELS[value]}
          </label>
        ))}
      </fieldset>
      {choice === 'at' && (
        <Field label="Until" help={`In ${zoneName(zone)}`} error={fault}>
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              value={at}
              onChange={(event) => setAt(event.target.value)}
            />
          )}
        </Field>
      )}
      <p className="text-13 text-faint">
        It stays in the list and is judged as always; nobody is told of it meanwhile.
      </p>
    </FormBody>
  );
}
