import { DISK, type Timelines } from './timeline-text.test-support.ts';

/** A disk that is full from the second minute on. */
const FULL = `${DISK}
      0s..50s disk{path=/} 20
      60s..600s disk{path=/} 90`;

/** Timelines in which nodes are worked on, by what they show. See `readTimeline` for the language. */
export const MAINTENANCE_TIMELINES: Timelines = {
  'A maintenance window': {
    'holds an alert that begins in it, until its end': `
      ${FULL}
      30s..300s maintenance
      expect 60s..290s disk:/ warning,held-maintenance
      expect 300s..600s disk:/ warning
      expect 1 disk:/`,
    'lets an alert resolve in it, which nobody ever hears of': `
      ${DISK}
      0s..50s disk{path=/} 20
      60s..100s disk{path=/} 90
      110s..600s disk{path=/} 20
      30s..300s maintenance
      expect 60s..100s disk:/ warning,held-maintenance
      expect 140s..600s disk:/ none
      expect 1 disk:/`,
    'holds an alert from its begin on that was active before': `
      ${DISK}
      0s..600s disk{path=/} 90
      100s..300s maintenance
      expect 0s..90s disk:/ warning
      expect 100s..290s disk:/ warning,held-maintenance
      expect 300s..600s disk:/ warning
      expect 1 disk:/`,
    'lets an alert get worse and better': `
      ${DISK}
      0s..50s disk{path=/} 90
      60s..600s disk{path=/} 97
      30s..300s maintenance
      expect 30s..50s disk:/ warning,held-maintenance
      expect 60s..290s disk:/ critical,held-maintenance
      expect 300s..600s disk:/ critical`,
    'that is ended early lets go at once': `
      ${FULL}
      30s..600s maintenance
      200s ends-maintenance
      expect 60s..190s disk:/ warning,held-maintenance
      expect 60s..190s status maintenance
      expect 200s..600s disk:/ warning
      expect 200s..600s status warning`,
    'goes on over a restart': `
      ${FULL}
      30s..300s maintenance
      150s restart
      expect 60s..290s disk:/ warning,held-maintenance
      expect 30s..290s status maintenance
      expect 300s..600s disk:/ warning
      expect 1 disk:/`,
    'that began while the server was down is in force when it is back': `
      ${DISK}
      0s..600s disk{path=/} 90
      20s..100s server down
      50s..300s maintenance
      expect 0s..100s disk:/ warning
      expect 110s..290s disk:/ warning,held-maintenance
      expect 110s..290s status maintenance
      expect 300s..600s disk:/ warning`,
    'that ended while the server was down is over when it is back': `
      ${FULL}
      30s..300s maintenance
      200s..400s server down
      expect 60s..400s disk:/ warning,held-maintenance
      expect 410s..600s disk:/ warning
      expect 410s..600s status warning`,
  },
  'The status of a node': {
    'is maintenance for as long as a window lasts, and what it was after it': `
      0s..600s cpu 1
      30s..300s maintenance
      expect 0s..20s status healthy
      expect 30s..290s status maintenance
      expect 300s..600s status healthy`,
    'is maintenance while it is away, and offline after it': `
      0s..2000s cpu 1
      10s..2000s silent
      400s..900s maintenance
      expect 330s..390s status offline
      expect 400s..890s status maintenance
      expect 400s..890s node_unreachable critical,held-maintenance
      expect 900s..2000s status offline
      expect 900s..2000s node_unreachable critical`,
    'is healthy after a window in which it was restarted': `
      0s..900s cpu 1
      100s..200s silent
      50s..150s maintenance
      expect 50s..140s status maintenance
      expect 150s..900s status healthy
      expect 0 node_unreachable`,
    'is that of a new node after a window in which it was not seen': `
      node fresh new
      fresh: 0s..500s silent
      fresh: 30s..100s maintenance
      expect 0s..20s fresh: status discovering
      expect 30s..90s fresh: status maintenance
      expect 100s..200s fresh: status discovering`,
  },
  'A parent in maintenance': {
    'covers what is away behind it, until its window ends': `
      node core
      node edge
      parent edge core
      core: 60s..1200s maintenance
      core: 100s..2000s silent
      edge: 100s..2000s silent
      expect 450s..1190s core: node_unreachable critical,held-maintenance
      expect 450s..1190s edge: node_unreachable critical,held-maintenance
      expect 450s..1190s edge: status offline
      expect 450s..1190s core: status maintenance
      expect 1200s..2000s core: node_unreachable critical
      expect 1200s..2000s edge: node_unreachable critical,held-upstream`,
    'covers nothing that answers': `
      ${DISK}
      node core
      node edge
      parent edge core
      edge: 0s..600s disk{path=/} 90
      core: 60s..500s maintenance
      core: 100s..600s silent
      expect 0s..600s edge: disk:/ warning`,
    'covers what is away behind it also while it answers itself': `
      node core
      node edge
      parent edge core
      core: 60s..1200s maintenance
      edge: 100s..2000s silent
      expect 450s..1190s edge: node_unreachable critical,held-maintenance
      expect 1200s..2000s edge: node_unreachable critical`,
  },
};
