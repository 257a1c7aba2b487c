import { DISCOVERY_ADDRESSES_MAX } from '@stratora/contract/discovery-target';
import { formatCount } from '../../ui/format/units.ts';
import type { CountedTargets } from './job-form-values.ts';
import { addressWords, isTooMany } from './target-words.ts';

/** How many addresses are scanned, as it is typed. */
export function TargetCount({
  counted,
  isEmpty,
}: {
  readonly counted: CountedTargets;
  readonly isEmpty: boolean;
}) {
  const most = formatCount(DISCOVERY_ADDRESSES_MAX);
  return (
    <p role="status" className="tabular text-13 text-soft">
      {isEmpty ? (
        <span className="text-faint">No addresses yet; {most} at most.</span>
      ) : isTooMany(counted) ? (
        <span className="font-medium text-critical">
          {addressWords(counted)}; {most} at most.
        </span>
      ) : (
        <>
          <span className="font-medium text-text">{addressWords(counted)}</span> of {most} at most.
        </>
      )}
    </p>
  );
}
