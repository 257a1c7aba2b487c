import type { User } from '@stratora/contract';
import { entityKind } from '../../platform/http/index.ts';

/** What administrators write of a user; a login is none of it. */
export const userEntity = entityKind<User>(
  'username',
  'display_name',
  'email',
  'role',
  'enabled',
  'must_change_password',
  'updated_at',
);
