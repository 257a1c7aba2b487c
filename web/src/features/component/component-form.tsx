import type { Component } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useUpdateComponent } from '../../api/components.ts';
import { sitesQuery } from '../../api/resources.ts';
import { EditForm } from '../../domain/edit-form.tsx';
import { type Edited, EditedEntity } from '../../domain/edited-entity.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { type FormClose, FormDialog } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { tellDone } from '../../ui/toast.tsx';

interface ComponentFormProps {
  readonly component: Component;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Name and site of a component. */
export function ComponentForm({ component, open, onClose }: ComponentFormProps) {
  return (
    <FormDialog open={open} onClose={onClose} title={`Edit ${component.name}`}>
      {(close) => (
        <EditedEntity<Component> path={`/components/${component.id}`}>
          {(edited) => edited && <Body edited={edited} close={close} />}
        </EditedEntity>
      )}
    </FormDialog>
  );
}

function Body({ edited, close }: { readonly edited: Edited<Component>; readonly close: FormClose }) {
  const component = edited.value;
  const sites = useQuery(sitesQuery).data ?? [];
  const update = useUpdateComponent();
  const form = useForm({ defaultValues: { name: component.name, site_id: component.site_id ?? '' } });
  const state = useSubmit(form, ['name', 'site_id'], async (values) => {
    await update.mutateAsync({
      id: component.id,
      ifMatch: edited.etag,
      body: { name: values.name.trim(), site_id: values.site_id === '' ? null : values.site_id },
    });
    tellDone(`${values.name.trim()} saved`);
    close.done();
  });
  const { errors } = form.formState;
  return (
    <EditForm form={form} state={state} edited={edited} close={close}>
      <Field
        label="Name"
        help={`What it is called here. Its host calls itself ${component.hostname}.`}
        error={errors.name?.message}
      >
        {(control) => <TextInput {...control} {...form.register('name')} autoComplete="off" />}
      </Field>
      <FormSelect
        form={form}
        name="site_id"
        label="Site"
        options={[{ value: '', label: 'None' }, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    </EditForm>
  );
}
