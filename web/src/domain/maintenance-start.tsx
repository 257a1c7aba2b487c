import { useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { describeError } from '../ui/error-text.ts';
import { Field, TextArea } from '../ui/field.tsx';
import { FormBody } from '../ui/form-dialog.tsx';
import { Select } from '../ui/select.tsx';

const HOUR_S = 3_600;
const LENGTHS = [
  { value: String(HOUR_S / 2), label: '30 minutes' },
  { value: String(HOUR_S), label: '1 hour' },
  { value: String(2 * HOUR_S), label: '2 hours' },
  { value: String(4 * HOUR_S), label: '4 hours' },
  { value: String(8 * HOUR_S), label: '8 hours' },
  { value: String(24 * HOUR_S), label: '24 hours' },
] as const;

interface MaintenanceStartProps {
  readonly open: boolean;
  /** What it is for, as people call it. */
  readonly place: string;
  /** Begins it, for so many seconds from now. */
  readonly onBegin: (seconds: number, reason: string | null) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Begins maintenance now, for a while. */
export function MaintenanceStart(props: MaintenanceStartProps) {
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={`Maintenance of ${props.place}`}
      lead="It begins now. Alerts are kept, and nobody is told of them; it ends by itself."
    >
      {props.open && <StartForm {...props} />}
    </Dialog>
  );
}

function StartForm({ onBegin, onClose }: MaintenanceStartProps) {
  const [seconds, setSeconds] = useState<(typeof LENGTHS)[number]['value']>('7200');
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const begin = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onBegin(Number(seconds), reason.trim() === '' ? null : reason.trim());
      onClose();
    } catch (failure) {
      setError(describeError(failure));
      setBusy(false);
    }
  };
  return (
    <FormBody message={error} saving={isBusy} saveLabel="Begin" onSubmit={begin} onCancel={onClose}>
      <Field label="For">
        {(control) => <Select {...control} value={seconds} options={LENGTHS} onChange={setSeconds} />}
      </Field>
      <Field label="Reason" optional help="Your colleagues see it.">
        {(control) => (
          <TextArea
            {...control}
            value={reason}
            maxLength={2_000}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </FormBody>
  );
}
