import type { ConfigDiff } from '@stratora/contract';
import { classNames } from '../../../ui/class-names.ts';
import { plural } from '../../../ui/format/units.ts';
import { type ChangedPart, type DiffBlock, type DiffRow, markChanges, numberDiff } from './diff-lines.ts';

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;
const ROW_LOOKS = { same: '', added: 'bg-healthy-soft', removed: 'bg-critical-soft' } as const;
const PART_LOOKS = {
  same: '',
  added: 'rounded-sm bg-healthy/25',
  removed: 'rounded-sm bg-critical/25',
} as const;

/** Changed lines with those around them; long lines wrap, so that it can be read on a phone. */
export function DiffView({ diff }: { readonly diff: ConfigDiff }) {
  if (diff.hunks.length === 0) {
    return <p className="px-4 py-8 text-center text-soft">The text is the same.</p>;
  }
  const blocks = numberDiff(diff);
  return (
    <div>
      {diff.from_generation === null && (
        <p className="border-b border-line px-4 py-2 text-13 text-soft">
          The first one: there is none before it, so everything is new.
        </p>
      )}
      <div
        role="table"
        aria-label={`Changes from ${diff.from_generation ?? 'nothing'} to ${diff.to_generation}`}
        className="overflow-hidden pb-2 font-mono text-12"
      >
        {blocks.map((block, index) => (
          <Block key={`${block.rows[0]?.from}-${block.rows[0]?.to}`} block={block} first={index === 0} />
        ))}
      </div>
      {diff.truncated && (
        <p className="border-t border-line px-4 py-2 text-13 text-soft">
          Only the beginning is shown; the counts are of the whole change.
        </p>
      )}
    </div>
  );
}

function Block({ block, first }: { readonly block: DiffBlock; readonly first: boolean }) {
  const parts = markChanges(block.rows);
  return (
    <div role="rowgroup">
      {(block.skipped > 0 || !first) && (
        <div role="row" className={classNames('text-faint', first ? 'pb-1' : 'py-1')}>
          <div
            role="cell"
            className={classNames(
              'border-b border-line bg-canvas px-4 py-0.5 font-sans',
              !first && 'border-t',
            )}
          >
            {plural(block.skipped, 'line')} the same
          </div>
        </div>
      )}
      {block.rows.map((row, index) => (
        <Row key={`${row.kind}${row.from ?? ''}-${row.to ?? ''}`} row={row} parts={parts[index] ?? []} />
      ))}
    </div>
  );
}

function Row({ row, parts }: { readonly row: DiffRow; readonly parts: readonly ChangedPart[] }) {
  return (
    <div
      role="row"
      className={classNames(
        'grid grid-cols-[3ch_3ch_1fr] gap-x-2 pr-3 pl-2 leading-5 sm:grid-cols-[6ch_6ch_1fr]',
        ROW_LOOKS[row.kind],
      )}
    >
      <Number value={row.from} label="old line" />
      <Number value={row.to} label="new line" />
      <div
        role="cell"
        className="min-w-0 pl-[2ch] -indent-[2ch] break-words whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        <span className={row.kind === 'same' ? '' : 'font-semibold'}>{SIGNS[row.kind]} </span>
        {parts.map((part) => (
          <span
            key={part.at}
            className={part.changed ? PART_LOOKS[row.kind] : row.kind === 'same' ? 'text-soft' : ''}
          >
            {part.text}
          </span>
        ))}
      </div>
    </div>
  );
}

function Number({ value, label }: { readonly value: number | null; readonly label: string }) {
  return (
    <div
      role="cell"
      className="tabular truncate text-right text-faint select-none"
      title={value === null ? undefined : `${label} ${value}`}
    >
      {value}
    </div>
  );
}
