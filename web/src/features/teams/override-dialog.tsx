import type { EscalationTeam, Rota } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { standInsQuery, teamPath, useAddOverride, useRemoveOverride } from '../../api/escalation-teams.ts';
import { type Edited, EditedEntity, reloadRemedy } from '../../domain/edited-entity.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormBody } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { readZoneField, toZoneField } from '../../ui/format/zone-time.ts';
import { serverNow } from '../../ui/state/clock.ts';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { overridePlace } from './overrides.ts';
import type { RotaPerson } from './rota-weeks.ts';

interface OverrideDialogProps {
  readonly team: EscalationTeam;
  /** The zone by whose clocks the rota is shown. */
  readonly zone: string;
  /** Those who come in the rota. */
  readonly people: readonly RotaPerson[];
  /** The shift that was chosen; undefined: closed. */
  readonly shift: Rota['shifts'][number] | undefined;
  readonly onClose: () => void;
}

/** Puts somebody into the place of whoever's turn it is, for a while. */
export function OverrideDialog({ team, zone, people, shift, onClose }: OverrideDialogProps) {
  return (
    <Dialog
      open={shift !== undefined}
      onClose={onClose}
      title="Put somebody in"
      lead={`${shift === undefined ? '' : `${shift.person?.name ?? 'Nobody'} is on call then. `}Times are by the clocks of ${zone}.`}
    >
      {shift !== undefined && (
        <EditedEntity<EscalationTeam> path={teamPath(team.id)}>
          {(edited) =>
            edited !== undefined && (
              <OverrideForm edited={edited} people={people} zone={zone} shift={shift} onClose={onClose} />
            )
          }
        </EditedEntity>
      )}
    </Dialog>
  );
}

interface OverrideValues {
  readonly member_id: string;
  readonly from: string;
  readonly to: string;
}

interface OverrideFormProps {
  readonly edited: Edited<EscalationTeam>;
  readonly people: readonly RotaPerson[];
  readonly zone: string;
  readonly shift: Rota['shifts'][number];
  readonly onClose: () => void;
}

/** The people who can stand in: everybody who can be on call, first those who take turns. */
function useStandIns(
  team: EscalationTeam,
  people: readonly RotaPerson[],
): readonly { readonly value: string; readonly label: string }[] {
  const found = useQuery(standInsQuery).data;
  const members = team.rotation?.member_ids ?? [];
  if (found === undefined) return people.map(({ member_id: id, name }) => ({ value: id, label: name }));
  return found
    .toSorted((a, b) => Number(members.includes(b.id)) - Number(members.includes(a.id)))
    .map(({ id, name }) => ({
      value: id,
      label: members.includes(id) ? name : `${name} (takes no turns)`,
    }));
}

function OverrideForm({ edited, zone, people, shift, onClose }: OverrideFormProps) {
  const add = useAddOverride();
  const remove = useRemoveOverride();
  const standIns = useStandIns(edited.value, people);
  const begin = Math.max(Date.parse(shift.from), serverNow());
  const form = useForm<OverrideValues>({
    defaultValues: {
      member_id: '',
      from: toZoneField(begin, zone),
      to: toZoneField(Date.parse(shift.to), zone),
    },
  });
  const { message, code, submit, saving } = useSubmit(form, ['member_id', 'from', 'to'], async (values) => {
    if (values.member_id === '') return form.setError('member_id', { message: 'Choose somebody' });
    const from = readZoneField(values.from, zone);
    const to = readZoneField(values.to, zone);
    if (from === undefined) return form.setError('from', { message: 'Enter a date and a time' });
    if (to === undefined || to <= from)
      return form.setError('to', { message: 'Enter a time after the begin' });
    const override = {
      member_id: values.member_id,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    };
    await add.mutateAsync({ id: edited.value.id, override, ifMatch: edited.etag });
    tellDone('The rota is changed');
    onClose();
  });
  const place = overridePlace(shift, edited.value.rotation?.overrides ?? []);
  const takeBack = async () => {
    if (place === undefined) return;
    await remove.mutateAsync({ id: edited.value.id, place, ifMatch: edited.etag });
    tellDone('Whoever’s turn it is takes it');
    onClose();
  };
  const { errors } = form.formState;
  return (
    <FormBody
      message={message}
      remedy={reloadRemedy(code, edited)}
      saving={saving}
      saveLabel="Put in"
      onSubmit={submit}
      onCancel={onClose}
    >
      {place !== undefined && (
        <div className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-canvas px-3 py-2 text-13">
          <span className="min-w-0 flex-1">{shift.person?.name} stands in for whoever’s turn it is.</span>
          <Button
            disabled={saving || remove.isPending}
            onClick={() => {
              takeBack().catch((error: unknown) => tellFailure('The rota was not changed', error));
            }}
          >
            End that
          </Button>
        </div>
      )}
      <FormSelect
        form={form}
        name="member_id"
        label="Who"
        options={[
          { value: '', label: 'Choose…' },
          ...standIns.filter(({ value }) => value !== shift.person?.member_id),
        ]}
      />
      <div className="flex flex-col gap-4">
        <Field label="From" error={errors.from?.message}>
          {(control) => <TextInput {...control} {...form.register('from')} type="datetime-local" />}
        </Field>
        <Field label="To" error={errors.to?.message}>
          {(control) => <TextInput {...control} {...form.register('to')} type="datetime-local" />}
        </Field>
      </div>
    </FormBody>
  );
}
