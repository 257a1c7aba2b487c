import type { EscalationTeam } from '@stratora/contract';
import { type FieldPath, type UseFormReturn, useForm } from 'react-hook-form';
import { teamPath, useCreateTeam, useUpdateTeam } from '../../api/escalation-teams.ts';
import { EditDialog, EditForm } from '../../domain/edit-form.tsx';
import type { Edited } from '../../domain/edited-entity.tsx';
import { CheckField, Field, TextInput } from '../../ui/field.tsx';
import type { FormClose } from '../../ui/form-dialog.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { tellDone } from '../../ui/toast.tsx';
import { HoursFields } from './team-form-hours.tsx';
import { MatchFields } from './team-form-match.tsx';
import { RotationFields } from './team-form-rotation.tsx';
import { StepFields } from './team-form-steps.tsx';
import { readMinutes, type TeamFormValues, toTeamBody, toTeamForm } from './team-form-values.ts';

type Form = UseFormReturn<TeamFormValues>;

const NAMES = [
  'name',
  'match.severities',
  'match.site_ids',
  'match.group_ids',
  'match.definition_ids',
  'active.timezone',
  'active.windows',
  'steps',
  'repeat.every_seconds',
  'repeat.times',
  'rotation.timezone',
  'rotation.handoff',
  'rotation.member_ids',
  'rotation.starts_on',
] as const satisfies readonly FieldPath<TeamFormValues>[];

/** The fields of a form with so many steps and windows: a fault stands beside the one that it is of. */
function fieldNames({ steps, active }: TeamFormValues): readonly FieldPath<TeamFormValues>[] {
  return [
    ...NAMES,
    ...steps.flatMap((_, index) => [`steps.${index}.after_seconds`, `steps.${index}.channel_ids`] as const),
    ...active.windows.map((_, index) => `active.windows.${index}` as const),
  ];
}

interface TeamFormDialogProps {
  readonly open: boolean;
  /** The team to edit; a new one where there is none. */
  readonly team: EscalationTeam | undefined;
  readonly onClose: () => void;
  readonly onAdded?: (added: EscalationTeam) => void;
}

export function TeamFormDialog({ open, team, onClose, onAdded }: TeamFormDialogProps) {
  return (
    <EditDialog
      open={open}
      onClose={onClose}
      wide
      entity={team}
      pathOf={teamPath}
      addTitle="Add a team"
      addLead="Who is told of which alerts, in which order, and until when."
    >
      {(edited, close) => <TeamForm edited={edited} close={close} onAdded={onAdded} />}
    </EditDialog>
  );
}

interface TeamFormProps {
  readonly edited: Edited<EscalationTeam> | undefined;
  readonly close: FormClose;
  readonly onAdded: ((added: EscalationTeam) => void) | undefined;
}

/** Marks what the server could only call a wrong number, or take for something else. */
function isWhole(form: Form, values: TeamFormValues): boolean {
  const faults: [FieldPath<TeamFormValues>, string][] = [];
  for (const [index, { after_seconds: after, tells, channel_ids: channels }] of values.steps.entries()) {
    if (readMinutes(after) === undefined) faults.push([`steps.${index}.after_seconds`, 'Enter minutes']);
    if (tells === 'some' && channels.length === 0)
      faults.push([`steps.${index}.channel_ids`, 'Choose a channel']);
  }
  if (values.is_repeated) {
    if (readMinutes(values.repeat.every_seconds) === undefined)
      faults.push(['repeat.every_seconds', 'Enter minutes']);
    if (!/^\s*\d+\s*$/.test(values.repeat.times)) faults.push(['repeat.times', 'Enter a whole number']);
  }
  if (values.has_rotation && values.rotation.member_ids.length === 0)
    faults.push(['rotation.member_ids', 'Choose somebody']);
  faults.forEach(([name, message], index) => form.setError(name, { message }, { shouldFocus: index === 0 }));
  return faults.length === 0;
}

function TeamForm({ edited, close, onAdded }: TeamFormProps) {
  const team = edited?.value;
  const create = useCreateTeam();
  const update = useUpdateTeam();
  const form = useForm<TeamFormValues>({ defaultValues: toTeamForm(team) });
  const state = useSubmit(form, fieldNames(form.watch()), async (values) => {
    if (!isWhole(form, values)) return;
    const body = toTeamBody(values, team?.rotation ?? null);
    const saved = await (edited === undefined
      ? create.mutateAsync(body)
      : update.mutateAsync({ id: edited.value.id, body, ifMatch: edited.etag }));
    close.done();
    tellDone(`${saved.name} saved`);
    if (edited === undefined) onAdded?.(saved);
  });
  const { errors } = form.formState;
  const isDefault = form.watch('is_default');
  return (
    <EditForm form={form} state={state} edited={edited} close={close} addLabel="Add team">
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('name', { required: 'Give it a name' })}
            autoComplete="off"
          />
        )}
      </Field>
      <CheckField
        label="Default team"
        help="It hears of whatever no other team takes, at any time. There is one; it takes that from the one before."
        disabled={team?.is_default === true}
        {...form.register('is_default')}
      />
      {!isDefault && <MatchFields form={form} />}
      {!isDefault && <HoursFields form={form} />}
      <StepFields form={form} />
      <RotationFields form={form} />
      {!isDefault && (
        <CheckField
          label="On"
          help="Switched off, it tells nobody of new alerts."
          {...form.register('enabled')}
        />
      )}
    </EditForm>
  );
}
