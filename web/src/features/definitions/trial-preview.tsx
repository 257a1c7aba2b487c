import type { DefinitionPreview, PreviewItem } from '@stratora/contract';
import { CircleCheck } from 'lucide-react';
import { Link } from 'react-router';
import { SEVERITY_LOOKS, SeverityIcon } from '../../domain/alert-severity.tsx';
import { formatMeasure } from '../../domain/measure.ts';
import { formatCount } from '../../ui/format/units.ts';
import { seriesName } from './trial-frame.ts';
import { coverageWords, previewHeadline } from './trial-words.ts';

/** How many series are listed: the worst come first. */
const LISTED_MAX = 8;

interface PreviewResultProps {
  readonly preview: DefinitionPreview;
  readonly unit: string | null;
}

/** What a definition matches now. */
export function PreviewResult({ preview, unit }: PreviewResultProps) {
  if (preview.not_tried !== null) {
    return <p className="text-13 text-soft">{preview.not_tried}</p>;
  }
  const shown = preview.items.slice(0, LISTED_MAX);
  const more = preview.total - shown.length;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div>
        <p role="status" className="text-16 font-medium">
          {previewHeadline(preview)}
        </p>
        <p className="text-13 text-soft">{coverageWords(preview)}</p>
      </div>
      {preview.warnings.length > 0 && (
        <ul className="flex flex-col gap-1 rounded-md border border-warning bg-warning-soft px-3 py-2 text-13">
          {preview.warnings.map(({ line, column, message }) => (
            <li key={`${line} ${column} ${message}`}>
              Line {line}, column {column}: {message}
            </li>
          ))}
        </ul>
      )}
      {shown.length > 0 && (
        <ul aria-label="What it judges now" className="rounded-md border border-line">
          {shown.map((item) => (
            <PreviewLine key={`${item.node_id} ${item.instance}`} item={item} unit={unit} />
          ))}
        </ul>
      )}
      {more > 0 && <p className="text-13 text-faint">and {formatCount(more)} more</p>}
    </div>
  );
}

function PreviewLine({ item, unit }: { readonly item: PreviewItem; readonly unit: string | null }) {
  return (
    <li className="flex gap-3 border-b border-line px-3 py-1.5 text-13 last:border-b-0">
      <span className="mt-0.5">
        {item.severity === null ? (
          <CircleCheck size={14} role="img" aria-label="Good" className="text-healthy" />
        ) : (
          <>
            <SeverityIcon severity={item.severity} size={14} />
            <span className="sr-only">{SEVERITY_LOOKS[item.severity].label}</span>
          </>
        )}
      </span>
      <div className="min-w-0 flex-1">
        <Link to={`/nodes/${item.node_id}`} className="break-words hover:underline">
          {seriesName(item)}
        </Link>
        {item.summary !== null && <p className="break-words text-soft">{item.summary}</p>}
      </div>
      <span className="tabular shrink-0">{formatMeasure(item.value, unit)}</span>
    </li>
  );
}
