import type { DiscoveredDevice, ImportDevices } from '@stratora/contract';

/** What somebody wants otherwise for one device than what was found. Absent: as it was found. */
export interface ImportOverride {
  readonly name?: string;
  readonly template?: string;
  /** Null: none is attached. */
  readonly credential_id?: string | null;
}
export type ImportOverrides = Readonly<Record<string, ImportOverride>>;

export interface ImportValues {
  readonly site_id: string;
  /** Empty: the collector that found them, or the site's own where the server did. */
  readonly collector_id: string;
}

/** Changes what is wanted for a device; a value that is as it was found is no wish. */
export function withOverride(
  overrides: ImportOverrides,
  device: DiscoveredDevice,
  change: ImportOverride,
): ImportOverrides {
  const found: Required<ImportOverride> = {
    name: '',
    template: device.template,
    credential_id: device.credential_id,
  };
  const next = Object.fromEntries(
    Object.entries({ ...overrides[device.id], ...change }).filter(
      ([key, value]) => value !== found[key as keyof ImportOverride],
    ),
  ) as ImportOverride;
  const { [device.id]: _, ...others } = overrides;
  return Object.keys(next).length === 0 ? others : { ...others, [device.id]: next };
}

/** The body to send. */
export function toImportBody(
  devices: readonly DiscoveredDevice[],
  values: ImportValues,
  overrides: ImportOverrides,
): ImportDevices {
  const collector = values.collector_id === '' ? {} : { collector_id: values.collector_id };
  return {
    device_ids: devices.map(({ id }) => id),
    site_id: values.site_id,
    ...collector,
    overrides: devices.flatMap(({ id }) => {
      const { name, ...rest } = overrides[id] ?? {};
      const wish = { ...rest, ...(name === undefined || name.trim() === '' ? {} : { name: name.trim() }) };
      return Object.keys(wish).length === 0 ? [] : [{ device_id: id, ...wish }];
    }),
  };
}
