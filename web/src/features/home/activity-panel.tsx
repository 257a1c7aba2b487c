import type { Summary } from '@stratora/contract';
import { Link } from 'react-router';
import { Panel } from '../../ui/page.tsx';
import { Ago } from '../../ui/time-text.tsx';

const SHOWN = 12;

export function ActivityPanel({ items }: { readonly items: Summary['activity'] }) {
  return (
    <Panel title="Recent activity">
      {items.length === 0 ? (
        <p className="px-4 py-5 text-soft">Changes of status and what people do appear here.</p>
      ) : (
        <ol className="py-1">
          {items.slice(0, SHOWN).map((item) => (
            <li key={item.id} className="flex items-baseline gap-3 px-4 py-1.5 text-13">
              <div className="min-w-0 flex-1 break-words">
                {item.node_id === null ? (
                  item.text
                ) : (
                  <Link to={`/nodes/${item.node_id}`} className="hover:text-accent-text hover:underline">
                    {item.text}
                  </Link>
                )}
                {item.actor !== null && !item.text.startsWith(item.actor) && (
                  <span className="text-faint"> by {item.actor}</span>
                )}
              </div>
              <span className="shrink-0 text-12 text-faint">
                <Ago time={item.time} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
