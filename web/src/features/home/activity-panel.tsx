import type { Summary } from '@stratora/contract';
import { Link } from 'react-router';
import { Panel } from '../../ui/page.tsx';
import { Ago } from '../../ui/time-text.tsx';

const SHOWN = 12;
/** Names of sites that a line of many nodes shows. */
const SITES_SHOWN = 3;

type Item = Summary['activity'][number];

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
                {item.nodes.length > 0 ? <ManyNodes item={item} /> : <OneThing item={item} />}
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

function OneThing({ item }: { readonly item: Item }) {
  return (
    <>
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
    </>
  );
}

/** Many nodes of which the same is to be told: one line, which opens to their names. */
function ManyNodes({ item }: { readonly item: Item }) {
  const more = item.count - item.nodes.length;
  return (
    <details>
      <summary className="rounded-sm hover:text-accent-text max-md:py-1">
        {item.text}
        {item.sites.length > 0 && <span className="text-faint"> · {siteNames(item.sites)}</span>}
      </summary>
      <ul className="mt-1 mb-1 flex flex-wrap gap-x-3 gap-y-0.5 pl-4">
        {item.nodes.map(({ id, name }) => (
          <li key={id} className="min-w-0 break-words">
            <Link to={`/nodes/${id}`} className="text-soft hover:text-accent-text hover:underline">
              {name}
            </Link>
          </li>
        ))}
        {more > 0 && <li className="text-faint">and {more.toLocaleString('en-US')} more</li>}
      </ul>
    </details>
  );
}

function siteNames(sites: readonly string[]): string {
  const shown = sites.slice(0, SITES_SHOWN).join(', ');
  return sites.length > SITES_SHOWN ? `${shown} and ${sites.length - SITES_SHOWN} more` : shown;
}
