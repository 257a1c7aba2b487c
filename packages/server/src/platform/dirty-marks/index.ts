export { causeOf, type DirtyCause } from './dirty-cause.ts';
export {
  claimDue,
  type DirtyClaim,
  holdsClaim,
  markAllDirty,
  markDirty,
  markDirtyByCredential,
  settleClaim,
} from './dirty-mark-queries.ts';
