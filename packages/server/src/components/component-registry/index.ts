export { clearKeyDue, findDueComponent, listDue, markKeyDue, markOldKeys } from './key-due-queries.ts';
export {
  type ComponentEntry,
  findKnownComponent,
  insertComponent,
  isRetry,
  type KnownComponent,
  lockKnownComponent,
  renewComponent,
} from './registration-queries.ts';
export {
  componentExists,
  deleteComponent,
  findHostnames,
  keepVersions,
  lockComponent,
  renameHost,
  setApproval,
  setPin,
  updateComponent,
} from './registry-queries.ts';
