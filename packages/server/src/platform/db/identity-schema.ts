import type { Generated } from 'kysely';
import type { DefaultTime } from './column-types.ts';

export interface IdentityCorrectionsTable {
  id: Generated<string>;
  node_id: string | null;
  vendor: string | null;
  model: string | null;
  os: string | null;
  family: string | null;
  device_type: string | null;
  template: string | null;
  for_alike: boolean;
  sys_object_id: string | null;
  sys_descr: string | null;
  sys_name: string | null;
  recognised_model: string | null;
  corrected_by: string;
  corrected_at: DefaultTime;
}

/** Tables of what people say that devices are. */
export interface IdentitySchema {
  identity_corrections: IdentityCorrectionsTable;
}
