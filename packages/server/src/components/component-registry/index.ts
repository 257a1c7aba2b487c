export { clearKeyDue, findDueComponent, listDue, markKeyDue, markOldKeys } from './key-due-queries.ts';
export {
  type ComponentEntry,
  insertComponent,
  isBarredOtherwise,
  isRetry,
  keepAsked,
  lockCandidates,
  lockHost,
  type RegistrationCandidate,
  renewComponent,
} from './registration-queries.ts';
export {
  componentExists,
  deleteComponent,
  distinctName,
  findHostnames,
  keepVersions,
  lockComponent,
  renameHost,
  setApproval,
  setPin,
  updateComponent,
} from './registry-queries.ts';
