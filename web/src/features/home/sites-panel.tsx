import type { Summary } from '@stratora/contract';
import { Link } from 'react-router';
import { plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { STATUS_LOOKS, STATUS_ORDER, StatusBar, StatusIcon } from '../../ui/status.tsx';
import { compareText } from '../../ui/table/column.ts';

const URGENT = new Set(['critical', 'offline', 'warning', 'unknown']);
const SHOWN = 15;

/** Orders sites: those with the most trouble first, then by size. */
function byTrouble(sites: Summary['sites']): Summary['sites'] {
  const trouble = ({ by_status: counts }: Summary['sites'][number]) =>
    counts.offline + counts.critical + counts.warning + counts.unknown;
  return sites.toSorted(
    (a, b) => trouble(b) - trouble(a) || b.total - a.total || compareText(a.name, b.name),
  );
}

export function SitesPanel({ sites }: { readonly sites: Summary['sites'] }) {
  return (
    <Panel
      title="Nodes by site"
      aside={
        <Link to="/settings/sites" className="text-accent-text hover:underline">
          {sites.length > SHOWN ? `All ${sites.length} sites` : 'Sites'}
        </Link>
      }
    >
      <ul>
        {byTrouble(sites)
          .slice(0, SHOWN)
          .map((site) => (
            <li
              key={site.id}
              className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 border-b border-line px-4 py-2.5 last:border-b-0 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_auto_minmax(120px,240px)_80px]"
            >
              <Link to={`/nodes?site=${site.id}`} className="row-link truncate font-medium">
                {site.name}
              </Link>
              <span className="flex items-center justify-end gap-3">
                {STATUS_ORDER.filter((status) => URGENT.has(status) && site.by_status[status] > 0).map(
                  (status) => (
                    <span
                      key={status}
                      className="tabular inline-flex items-center gap-1 text-13"
                      title={`${site.by_status[status]} ${STATUS_LOOKS[status].label.toLowerCase()}`}
                    >
                      <StatusIcon status={status} size={14} />
                      {site.by_status[status]}
                    </span>
                  ),
                )}
              </span>
              <span className="max-sm:order-last max-sm:col-span-2">
                <StatusBar counts={site.by_status} total={site.total} />
              </span>
              <span className="tabular text-right text-13 text-soft max-sm:hidden">
                {plural(site.total, 'node')}
              </span>
            </li>
          ))}
      </ul>
    </Panel>
  );
}
