export {
  causeOf,
  claimDue,
  type DirtyCause,
  type DirtyClaim,
  holdsClaim,
  markAllDirty,
  markDirty,
  markDirtyByCredential,
  settleClaim,
} from './dirty-marks.ts';
