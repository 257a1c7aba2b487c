import type { DiscoveredDevice } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { credentialsQuery, templatesQuery } from '../../api/resources.ts';
import { IconButton } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { usableCredentials } from './credential-fields.tsx';
import { deviceName } from './device-words.ts';
import { type ImportOverride, type ImportOverrides, withOverride } from './import-values.ts';

/** How many devices are listed before somebody asks for the rest. */
const LISTED = 100;

interface ImportRowsProps {
  readonly devices: readonly DiscoveredDevice[];
  readonly overrides: ImportOverrides;
  readonly onChange: (overrides: ImportOverrides) => void;
}

/** What each device becomes; name, template and credential can be chosen otherwise. */
export function ImportRows({ devices, overrides, onChange }: ImportRowsProps) {
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<string>();
  const shown = all ? devices : devices.slice(0, LISTED);
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label="Devices to import" className="rounded-md border border-line">
        {shown.map((device) => (
          <li key={device.id} className="border-b border-line px-3 py-1.5 last:border-b-0">
            <RowHead
              device={device}
              override={overrides[device.id] ?? {}}
              isOpen={open === device.id}
              onToggle={() => setOpen(open === device.id ? undefined : device.id)}
            />
            {open === device.id && (
              <RowFields
                device={device}
                override={overrides[device.id] ?? {}}
                onChange={(change) => onChange(withOverride(overrides, device, change))}
              />
            )}
          </li>
        ))}
      </ul>
      {devices.length > shown.length && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="self-start text-13 text-accent-text hover:underline max-md:min-h-10"
        >
          Show all {devices.length}
        </button>
      )}
    </div>
  );
}

interface RowHeadProps {
  readonly device: DiscoveredDevice;
  readonly override: ImportOverride;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function RowHead({ device, override, isOpen, onToggle }: RowHeadProps) {
  const found = deviceName(device);
  const name = override.name ?? found;
  const template = override.template ?? device.template;
  const isOwn = Object.keys(override).length > 0;
  return (
    <div className="flex items-center gap-3 text-13">
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-medium">
            <DeviceText text={name} />
          </span>
          {name !== device.ip_address && (
            <span className="shrink-0 font-mono text-12 text-faint">{device.ip_address}</span>
          )}
        </div>
        <div className="truncate text-12 text-faint">
          {template}
          {override.template === undefined && `, ${device.confidence} % sure`}
          {isOwn && <span className="text-accent-text"> · changed by you</span>}
        </div>
      </div>
      <IconButton
        label={isOpen ? `Done with ${found}` : `Change ${found}`}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <Pencil size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

interface RowFieldsProps {
  readonly device: DiscoveredDevice;
  readonly override: ImportOverride;
  readonly onChange: (change: ImportOverride) => void;
}

function RowFields({ device, override, onChange }: RowFieldsProps) {
  const templates = (useQuery(templatesQuery).data ?? []).filter(
    ({ gathered_by: by, part }) => by !== 'agent' && part !== true,
  );
  const credentials = usableCredentials(useQuery(credentialsQuery).data ?? []);
  const template = override.template ?? device.template;
  const credential = override.credential_id === undefined ? device.credential_id : override.credential_id;
  return (
    <div className="grid gap-3 py-2 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <Field label="Name">
          {(control) => (
            <TextInput
              {...control}
              value={override.name ?? ''}
              placeholder={deviceName(device)}
              autoComplete="off"
              onChange={({ target }) => onChange({ name: target.value })}
            />
          )}
        </Field>
      </div>
      <Field
        label="Template"
        help={device.reasons[0] === undefined ? undefined : <DeviceText text={device.reasons[0]} />}
      >
        {(control) => (
          <Select
            {...control}
            value={template}
            options={[
              ...(templates.some(({ slug }) => slug === template)
                ? []
                : [{ value: template, label: template }]),
              ...templates.map(({ slug, name }) => ({ value: slug, label: name })),
            ]}
            onChange={(next) => onChange({ template: next })}
          />
        )}
      </Field>
      <Field label="Credential">
        {(control) => (
          <Select
            {...control}
            value={credential ?? ''}
            options={[
              { value: '', label: 'None' },
              ...credentials.map(({ id, name }) => ({ value: id, label: name })),
              ...(credential === null || credentials.some(({ id }) => id === credential)
                ? []
                : [{ value: credential, label: device.credential_name ?? 'One that is switched off' }]),
            ]}
            onChange={(next) => onChange({ credential_id: next === '' ? null : next })}
          />
        )}
      </Field>
    </div>
  );
}
