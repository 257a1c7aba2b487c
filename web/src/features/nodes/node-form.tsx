import type { CreateNode, Node, NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { type FieldPath, type UseFormReturn, useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { collectorChoices, siteCollectorName } from '../../api/collector-choice.ts';
import { componentsQuery } from '../../api/components.ts';
import { useCreateNode, useNodeCredential, useUpdateNode } from '../../api/nodes.ts';
import { credentialsQuery, sitesQuery, templatesQuery } from '../../api/resources.ts';
import { credentialTypeName, purposeOf } from '../../domain/credential-types.ts';
import { EditDialog, EditForm } from '../../domain/edit-form.tsx';
import type { Edited } from '../../domain/edited-entity.tsx';
import { NODE_TYPE_OPTIONS } from '../../domain/node-types.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import type { FormClose } from '../../ui/form-dialog.tsx';
import { FormSelect } from '../../ui/form-select.tsx';
import { useSubmit } from '../../ui/form-state.ts';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { type NodeFormValues, toNodeBody, toNodeForm } from './node-form-values.ts';
import { PACE_CHOICES } from './pace-choice.ts';
import { useReadsSnmp } from './reads-snmp.ts';

const NAMES = [
  'name',
  'ip_address',
  'node_type',
  'site_id',
  'template',
  'collector_id',
  'environment',
  'snmp_port',
  'snmp_pace',
  'url',
] as const satisfies readonly FieldPath<NodeFormValues>[];

interface NodeFormDialogProps {
  readonly open: boolean;
  /** The node to edit; a new one where there is none. */
  readonly node: NodeDetail | undefined;
  readonly onClose: () => void;
}

export function NodeFormDialog({ open, node, onClose }: NodeFormDialogProps) {
  return (
    <EditDialog
      open={open}
      onClose={onClose}
      entity={node}
      pathOf={(id) => `/nodes/${id}`}
      addTitle="Add a node"
      addLead="Data arrives a few seconds after saving."
    >
      {(edited, close) => <NodeForm edited={edited} close={close} />}
    </EditDialog>
  );
}

function useSaveNode(edited: Edited<NodeDetail> | undefined) {
  const node = edited?.value;
  const create = useCreateNode();
  const update = useUpdateNode(node?.id ?? '');
  const attach = useNodeCredential();
  return async (values: NodeFormValues, isTwin: boolean): Promise<Node> => {
    const body = { ...toNodeBody(values, node), ...(isTwin ? { allow_duplicate: true } : {}) };
    const saved = await (node === undefined
      ? create.mutateAsync(body as CreateNode)
      : update.mutateAsync({ body, ifMatch: edited?.etag }));
    const before = node?.credentials.find(({ purpose }) => purpose === 'snmp')?.credential_id ?? '';
    if (values.credential_id !== before) {
      // The node is saved: to fail now and to save again would make a second one.
      await attach
        .mutateAsync({
          nodeId: saved.id,
          purpose: 'snmp',
          credentialId: values.credential_id === '' ? null : values.credential_id,
        })
        .catch((error: unknown) => tellFailure(`${saved.name} is saved, but its credential is not`, error));
    }
    return saved;
  };
}

function NodeForm({
  edited,
  close,
}: {
  readonly edited: Edited<NodeDetail> | undefined;
  readonly close: FormClose;
}) {
  const node = edited?.value;
  const sites = useQuery(sitesQuery).data ?? [];
  const templates = useQuery(templatesQuery).data ?? [];
  const navigate = useNavigate();
  const save = useSaveNode(edited);
  // Told for one save: after another change the question is asked again.
  const isTwin = useRef(false);
  const form = useForm<NodeFormValues>({ defaultValues: toNodeForm(node) });
  const state = useSubmit(form, NAMES, async (values) => {
    const saved = await save(values, isTwin.current);
    close.done();
    tellDone(node === undefined ? `${saved.name} added` : `${saved.name} saved`);
    if (node === undefined) await navigate(`/nodes/${saved.id}`);
  });
  const { errors } = form.formState;
  const byAgent = node !== undefined && node.agent_id !== null;
  const anyway = node === undefined ? 'Add anyway' : 'Save anyway';
  const saveTwin = () => {
    isTwin.current = true;
    void state.submit().finally(() => {
      isTwin.current = false;
    });
  };
  const usable = templates.filter(
    ({ gathered_by: by, part }) => (by === 'agent') === byAgent && part !== true,
  );
  const template = form.watch('template');

  return (
    <EditForm
      form={form}
      state={state}
      edited={edited}
      close={close}
      addLabel="Add node"
      remedy={
        state.code === 'node_exists'
          ? { why: 'A node of this site has the same address and port.', label: anyway, run: saveTwin }
          : undefined
      }
    >
      <Field label="Name" error={errors.name?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('name', { required: 'Give it a name' })}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label="Address" help="IPv4, IPv6 or a DNS name" error={errors.ip_address?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('ip_address', { required: 'Give it an address' })}
            className="font-mono"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <FormSelect
        form={form}
        name="template"
        label="Template"
        help={usable.find(({ slug }) => slug === template)?.description ?? 'What is polled and shown'}
        options={usable.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
      <FormSelect form={form} name="node_type" label="Type" options={NODE_TYPE_OPTIONS} />
      <FormSelect
        form={form}
        name="site_id"
        label="Site"
        options={[
          ...(node === undefined ? [{ value: '', label: 'The default site' }] : []),
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {!byAgent && <PolledFields form={form} />}
      <Field
        label="Environment"
        optional
        help="For example production or test"
        error={errors.environment?.message}
      >
        {(control) => <TextInput {...control} {...form.register('environment')} autoComplete="off" />}
      </Field>
    </EditForm>
  );
}

/** The fields that only a node has that a collector polls. */
function PolledFields({ form }: { readonly form: UseFormReturn<NodeFormValues> }) {
  const components = useQuery(componentsQuery).data ?? [];
  const sites = useQuery(sitesQuery).data ?? [];
  const all = useQuery(credentialsQuery).data ?? [];
  const credentials = all.filter(({ type }) => purposeOf(type) === 'snmp');
  const { errors } = form.formState;
  const siteId = form.watch('site_id');
  const lacksCredential = useReadsSnmp(form.watch('template')) && form.watch('credential_id') === '';
  const credentialHelp =
    [
      credentials.length === 0 && 'There are none yet; an administrator adds them in Settings.',
      lacksCredential && 'Until one is chosen, nothing is read by SNMP.',
    ]
      .filter(Boolean)
      .join(' ') || undefined;
  const site = sites.find(({ id, is_default: isDefault }) => (siteId === '' ? isDefault : id === siteId));
  return (
    <>
      <FormSelect
        form={form}
        name="collector_id"
        label="Collector"
        help="The site's, or one that is chosen here and stays whatever the site says"
        options={[
          {
            value: '',
            label: "The site's collector",
            note: site === undefined ? undefined : `Now ${siteCollectorName(site, components)}`,
          },
          ...collectorChoices(components, form.formState.defaultValues?.collector_id),
        ]}
      />
      <FormSelect
        form={form}
        name="credential_id"
        label="SNMP credential"
        help={credentialHelp}
        options={[
          { value: '', label: 'None' },
          ...credentials.map(({ id, name, type }) => ({
            value: id,
            label: `${name} (${credentialTypeName(type)})`,
          })),
        ]}
      />
      <Field label="SNMP port" error={errors.snmp_port?.message}>
        {(control) => (
          <TextInput
            {...control}
            {...form.register('snmp_port')}
            inputMode="numeric"
            className="tabular max-w-28"
          />
        )}
      </Field>
      <FormSelect
        form={form}
        name="snmp_pace"
        label="SNMP pace"
        help="For a device that fails when it is asked as fast as others"
        options={[
          ...PACE_CHOICES,
          ...(form.formState.defaultValues?.snmp_pace === 'own'
            ? [{ value: 'own', label: 'Its own, set through the API' }]
            : []),
        ]}
      />
      <Field
        label="Web address"
        optional
        help="Its answer and its certificate are checked"
        error={errors.url?.message}
      >
        {(control) => (
          <TextInput
            {...control}
            {...form.register('url')}
            type="url"
            placeholder="https://"
            autoComplete="off"
          />
        )}
      </Field>
    </>
  );
}
