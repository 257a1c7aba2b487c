import type { ColumnType } from 'kysely';
import type { DefaultTime, Json } from './column-types.ts';

export interface DeviceTemplateVersionsTable {
  hash: string;
  gathered_by: string;
  inputs: Json<unknown[]>;
  metrics: Json<unknown[]>;
  created_at: DefaultTime;
}

export interface CustomTemplatesTable {
  slug: string;
  text: string;
  updated_by: string;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface DeviceTemplatesTable {
  slug: string;
  hash: string;
  own: Json<unknown>;
  custom: ColumnType<boolean, boolean | undefined>;
  updated_at: DefaultTime;
}

/** The tables of device templates. */
export interface TemplateSchema {
  device_template_versions: DeviceTemplateVersionsTable;
  custom_templates: CustomTemplatesTable;
  device_templates: DeviceTemplatesTable;
}
