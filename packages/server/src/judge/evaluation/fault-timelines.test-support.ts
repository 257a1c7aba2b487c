import { CPU, DISK, type Timelines } from './timeline-text.test-support.ts';

/** A port that comes and goes for longer than the evaluator bears. */
const RESTLESS = `rule port > 0 - resolve 0s by ifName
      0s..200s port{ifName=Gi1} 1/0`;

/** Timelines in which something is away, starts or is set, by what they show. See `readTimeline` for the language. */
export const FAULT_TIMELINES: Timelines = {
  'The store': {
    'that is dead for ten minutes tells of itself alone: nothing fires, nothing resolves': `
      ${CPU}
      ${DISK}
      0s..60s disk{path=/} 90
      0s..60s cpu 50
      100s..700s store away
      700s..900s disk{path=/} 20
      expect 60s..700s disk:/ warning
      expect 150s..700s metric_store_unavailable critical
      expect 110s..700s status unknown
      expect 100s..900s node_unreachable none
      expect 730s..900s disk:/ none
      expect 730s..900s metric_store_unavailable none
      expect 730s..900s status healthy
      expect 1 metric_store_unavailable`,
    'that fails once, between two cycles, is a hiccup': `
      ${CPU}
      0s..100s cpu 50
      50s store away
      60s store away
      expect 0s..40s status healthy
      expect 70s..100s status healthy
      expect 0 metric_store_unavailable`,
    'that answers in part says nothing of series': `
      ${CPU}
      ${DISK}
      0s..600s disk{path=/} 90/20
      0s..600s cpu 92
      30s..300s vectors away
      expect 0s..320s cpu pending
      expect 350s..600s cpu warning
      expect 0s..600s status warning`,
    'that was away in the middle of a duration adds nothing to it': `
      ${CPU}
      0s..600s cpu 92
      30s..300s store away
      expect 0s..330s cpu pending
      expect 350s..600s cpu warning`,
  },
  'A store that is away': {
    'in the middle of good data adds nothing to it': `
      ${DISK}
      0s..30s disk{path=/} 90
      40s..600s disk{path=/} 20
      50s..300s store away
      expect 0s..320s disk:/ warning
      expect 340s..600s disk:/ none`,
    'is no absence: nothing fires for want of data': `
      rule beat > 1 - for 60s no-data fire
      0s..900s beat 0
      100s..700s store away
      expect 0s..900s beat none
      expect 0 beat`,
    'is no reason for a rule to read unknown for longer than it is': `
      rule charge < 50 20 for 60s no-data unknown
      0s..900s charge 90
      100s..700s store away
      expect 730s..900s status healthy`,
  },
  'A collector': {
    'that is dead in the middle of a duration adds nothing to it': `
      ${CPU}
      0s..900s cpu 92
      30s..600s collector away
      expect 0s..620s cpu pending
      expect 680s..900s cpu warning`,
    'that is dead is told of over a start, once': `
      100s..700s collector away
      300s restart
      0s..900s cpu 1
      expect 150s..700s collector_offline critical
      expect 1 collector_offline
      expect 0 node_unreachable`,
    'that dies leaves a node that was offline unknown, and its alert as it is': `
      30s..1500s silent
      500s..800s collector away
      expect 350s..540s status offline
      expect 570s..790s status unknown
      expect 350s..1500s node_unreachable critical
      expect 1 node_unreachable`,
    'that is dead for ten minutes is one alert, and its nodes are unknown': `
      ${CPU}
      ${DISK}
      0s..900s disk{path=/} 90
      0s..900s cpu 50
      100s..700s collector away
      expect 150s..690s collector_offline critical
      expect 160s..690s status unknown
      expect 0s..900s disk:/ warning
      expect 0s..900s node_unreachable none
      expect 730s..900s collector_offline none
      expect 730s..900s status warning
      expect 1 collector_offline
      expect 1 disk:/`,
    'that comes back leaves its dead node the whole time to be heard': `
      100s..1200s silent
      120s..700s collector away
      expect 100s..980s node_unreachable none
      expect 1020s..1200s node_unreachable critical
      expect 1020s..1200s status offline`,
  },
  'A node': {
    'that is silent is unreachable after the setting, and offline in the same cycle': `
      60s..500s silent
      expect 0s..340s status healthy
      expect 0s..340s node_unreachable none
      expect 360s..510s node_unreachable critical
      expect 360s..510s status offline
      expect 540s..600s node_unreachable none
      expect 540s..600s status healthy
      expect 1 node_unreachable`,
    'that is away holds back what it said before': `
      ${DISK}
      0s..40s disk{path=/} 90
      50s..600s silent
      expect 0s..340s disk:/ warning
      expect 350s..600s disk:/ warning,held-unreachable
      expect 350s..600s status offline`,
    'that is back is not told of for what its outage left in a mean': `
      rule loss > 5 20 for 60s
      60s..480s silent
      470s..570s loss 50
      expect 530s..570s loss critical,held-unreachable`,
    'whose collection fails has a warning of its own': `
      30s..200s fails Authentication failed
      expect 0s..80s status healthy
      expect 100s..210s collection_failing:snmp warning
      expect 100s..210s status warning
      expect 230s..300s collection_failing:snmp none
      expect 230s..300s status healthy`,
    'that is new settles before its series are judged': `
      node fresh new
      ${DISK}
      fresh: 0s..600s disk{path=/} 90
      expect 0s..290s fresh: disk:/ none
      expect 0s..290s fresh: status healthy
      expect 310s..600s fresh: disk:/ warning`,
    'that is new settles for as long as a rule says': `
      node fresh new
      rule disk > 85 95 by path settle 60s
      fresh: 0s..200s disk{path=/} 90
      expect 0s..50s fresh: disk:/ none
      expect 70s..200s fresh: disk:/ warning`,
    'that is new and never answers is offline after the setting': `
      node fresh new
      fresh: 0s..600s silent
      expect 0s..290s fresh: status discovering
      expect 320s..600s fresh: status offline`,
  },
  'A node before others': {
    'that is down is the one that tells; those behind it are held by it': `
      node core
      node edge1
      node edge2
      parent edge1 core
      parent edge2 core
      core: 60s..600s silent
      edge1: 60s..600s silent
      edge2: 60s..600s silent
      expect 360s..610s core: node_unreachable critical
      expect 360s..610s edge1: node_unreachable critical,held-upstream
      expect 360s..610s edge2: node_unreachable critical,held-upstream
      expect 650s..700s core: node_unreachable none
      expect 650s..700s edge1: node_unreachable none`,
    'that is only suspected holds those behind it for a while already': `
      node core
      node edge
      parent edge core
      edge: 60s..600s silent
      core: 80s..600s silent
      expect 360s..370s core: node_unreachable none
      expect 360s..600s edge: node_unreachable critical,held-upstream
      expect 380s..600s core: node_unreachable critical`,
    'that is suspected for long holds those behind it for two intervals': `
      node core
      node edge
      parent edge core
      edge: 60s..900s silent
      core: 110s..400s silent
      expect 360s..410s edge: node_unreachable critical,held-upstream
      expect 420s..900s edge: node_unreachable critical
      expect 1 node_unreachable`,
    'that comes back leaves those to tell that are still down': `
      node core
      node edge
      parent edge core
      core: 60s..600s silent
      edge: 60s..1500s silent
      expect 360s..610s edge: node_unreachable critical,held-upstream
      expect 720s..1500s edge: node_unreachable critical
      expect 2 node_unreachable`,
    'that answers does not hold what is down behind it': `
      node core
      node edge
      parent edge core
      edge: 60s..900s silent
      expect 360s..900s edge: node_unreachable critical
      expect 1 node_unreachable`,
  },
  'A start of the server': {
    'in the middle of a duration goes on where it was': `
      ${CPU}
      0s..200s cpu 92
      30s restart
      expect 0s..60s cpu pending
      expect 80s..200s cpu warning
      expect 1 cpu`,
    'while an alert fires fires nothing again and resolves nothing': `
      ${DISK}
      0s..300s disk{path=/} 90
      60s restart
      120s restart
      expect 0s..300s disk:/ warning
      expect 0s..300s status warning
      expect 1 disk:/`,
    'does not count the time before it: a duration': `
      ${CPU}
      0s..900s cpu 92
      30s..600s server down
      expect 610s..630s cpu pending
      expect 660s..900s cpu warning
      expect 1 cpu`,
    'does not count the time before it: good data': `
      ${DISK}
      0s..30s disk{path=/} 90
      40s..900s disk{path=/} 20
      50s..600s server down
      expect 610s disk:/ warning
      expect 640s..900s disk:/ none`,
    'does not take the silence before it for that of a node': `
      60s..1000s silent
      120s..700s server down
      expect 710s..1000s node_unreachable none`,
    'keeps a node offline that still does not answer': `
      30s..900s silent
      500s restart
      expect 340s..900s status offline
      expect 340s..900s node_unreachable critical
      expect 1 node_unreachable`,
    'remembers what was once seen good': `
      rule port > 0 - seen-good by ifName
      0s..20s port{ifName=Gi1} 0
      60s..100s port{ifName=Gi1} 1
      40s restart
      expect 60s..100s port:Gi1 warning`,
    'does not take a port that was shut down for one that was up': `
      rule port > 0 - seen-good by ifName
      0s..20s port{ifName=Gi1} -1
      30s..100s port{ifName=Gi1} 1
      110s..120s port{ifName=Gi1} 0
      130s..200s port{ifName=Gi1} 1
      210s..300s port{ifName=Gi1} -1
      expect 0s..120s port:Gi1 none
      expect 130s..200s port:Gi1 warning
      expect 250s..300s port:Gi1 none`,
    'remembers which series is missing': `
      rule charge < 50 20 for 60s no-data unknown
      0s..30s charge 90
      200s restart
      expect 130s..400s status unknown`,
    'does not make a node that is new settle anew': `
      node fresh new
      ${DISK}
      fresh: 0s..600s disk{path=/} 90
      150s restart
      expect 0s..290s fresh: disk:/ none
      expect 330s..600s fresh: disk:/ warning`,
    'in the middle of good data goes on where it was': `
      ${DISK}
      0s..30s disk{path=/} 90
      40s..200s disk{path=/} 20
      50s restart
      expect 40s..60s disk:/ warning
      expect 80s..200s disk:/ none
      expect 1 disk:/`,
    'after start fires nothing early': `
      ${CPU}
      0s..400s cpu 92
      20s restart
      40s restart
      60s restart
      80s restart
      expect 0s..90s cpu pending
      expect 120s..400s cpu warning
      expect 1 cpu`,
    'while the store is away tells of it, and of nothing else': `
      ${DISK}
      0s..60s disk{path=/} 90
      100s..400s store away
      200s restart
      expect 150s..400s metric_store_unavailable critical
      expect 60s..400s disk:/ warning
      expect 1 metric_store_unavailable`,
  },
  'The clock of the server': {
    'that is set back resolves nothing and fires nothing': `
      ${CPU}
      ${DISK}
      0s..100s disk{path=/} 20
      110s..900s disk{path=/} 90
      0s..900s cpu 92
      200s clock -90s
      expect 110s..900s disk:/ warning
      expect 60s..900s cpu warning
      expect 0s..900s node_unreachable none
      expect 1 disk:/
      expect 1 cpu`,
    'that is set back while the server is down is noticed at its start': `
      ${DISK}
      0s..100s disk{path=/} 20
      110s..900s disk{path=/} 90
      300s..400s server down
      350s clock -250s
      expect 110s..900s disk:/ warning
      expect 1 disk:/
      expect 0s..900s node_unreachable none`,
    'that is set back and stays so is believed after ten minutes': `
      ${DISK}
      0s..1500s disk{path=/} 20
      200s clock -2h
      850s..1500s disk{path=/} 90
      expect 0s..1500s disk:/ none
      expect 0 node_unreachable`,
    'that leaps ahead and back fires nothing again': `
      ${DISK}
      0s..900s disk{path=/} 90
      200s clock 1h
      260s clock -1h
      expect 0s..900s disk:/ warning
      expect 0s..900s node_unreachable none
      expect 0s..900s collector_offline none
      expect 1 disk:/`,
    'that leaps ahead makes no node unreachable': `
      200s clock 1h
      0s..900s cpu 1
      expect 0s..900s node_unreachable none
      expect 0s..900s collector_offline none`,
    'that is set back does not count for a duration': `
      ${CPU}
      0s..900s cpu 92
      30s clock -120s
      expect 0s..150s cpu pending
      expect 220s..900s cpu warning`,
  },
  'A replay': {
    'of a bad day fires nothing': `
      ${CPU}
      ${DISK}
      0s..900s cpu 50
      0s..900s disk{path=/} 20
      600s replay 0s..500s cpu 99
      600s replay 0s..500s disk{path=/} 99
      expect 0s..900s cpu none
      expect 0s..900s disk:/ none`,
    'in the middle of a duration adds nothing to it': `
      ${CPU}
      0s..20s cpu 92
      300s replay 30s..200s cpu 92
      expect 0s..600s cpu pending
      expect 0 cpu`,
    'of a good day resolves nothing': `
      ${DISK}
      0s..300s disk{path=/} 90
      600s replay 310s..500s disk{path=/} 20
      expect 0s..900s disk:/ warning`,
  },
  Flapping: {
    'is one alert until it is calm': `
      ${RESTLESS}
      210s..1300s port{ifName=Gi1} 0
      expect 0s port:Gi1 warning
      expect 40s..1080s port:Gi1 warning,unstable
      expect 1120s..1300s port:Gi1 none
      expect 3 port:Gi1`,
    'that ends bad is an alert like any other': `
      ${RESTLESS}
      210s..1300s port{ifName=Gi1} 1
      expect 40s..1080s port:Gi1 warning,unstable
      expect 1130s..1300s port:Gi1 warning`,
    'is not calm for want of data': `
      ${RESTLESS}
      210s..250s port{ifName=Gi1} 0
      expect 40s..1500s port:Gi1 warning,unstable`,
    'is remembered over a start': `
      ${RESTLESS}
      210s..600s port{ifName=Gi1} 0
      300s restart
      expect 40s..600s port:Gi1 warning,unstable
      expect 3 port:Gi1`,
  },
};
