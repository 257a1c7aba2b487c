import type { ConfigGeneration } from '@stratora/contract';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { plural } from '../ui/format/units.ts';

const SHOWN = 5;

/** Nodes that a configuration does without: nobody polls them, so this must be seen. */
export function LeftOutNotice({ leftOut }: { readonly leftOut: ConfigGeneration['left_out'] }) {
  const [all, setAll] = useState(false);
  if (leftOut.length === 0) return null;
  const shown = all ? leftOut : leftOut.slice(0, SHOWN);
  return (
    <section
      aria-label="Nodes left out"
      className="flex gap-3 rounded-md border border-warning bg-warning-soft px-3 py-2 text-13"
    >
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-warning" />
      <div className="min-w-0">
        <p className="font-medium">
          {leftOut.length === 1 ? 'One node is' : `${plural(leftOut.length, 'node')} are`} left out of it and
          not polled
        </p>
        <ul>
          {shown.map(({ node_id: id, name, reason }) => (
            <li key={id} className="break-words">
              <Link to={`/nodes/${id}`} className="font-medium text-link">
                {name}
              </Link>
              <span className="text-soft">: {reason}</span>
            </li>
          ))}
        </ul>
        {leftOut.length > shown.length && (
          <button
            type="button"
            onClick={() => setAll(true)}
            className="mt-1 text-accent-text hover:underline max-md:min-h-10"
          >
            Show all {leftOut.length}
          </button>
        )}
      </div>
    </section>
  );
}
