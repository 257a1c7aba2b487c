import { CPU, DISK, type Timelines } from './timeline-text.test-support.ts';

/** Timelines in which values come and go, by what they show. See `readTimeline` for the language. */
export const VALUE_TIMELINES: Timelines = {
  'A value': {
    'fires after its duration, and resolves after confirmed good data': `
      ${CPU}
      0s..120s cpu 92
      130s..200s cpu 50
      expect 0s..50s cpu pending
      expect 60s..140s cpu warning
      expect 150s..200s cpu none
      expect 1 cpu`,
    'fires at once where the rule has no duration': `
      ${DISK}
      0s..40s disk{path=/} 96
      expect 0s..40s disk:/ critical`,
    'that equals the threshold is good': `
      ${CPU}
      0s..200s cpu 90
      expect 0s..200s cpu none`,
    'below a lower bound fires too': `
      rule charge < 50 20
      0s..30s charge 45
      40s..60s charge 10
      70s..130s charge 60
      expect 0s..30s charge warning
      expect 40s..80s charge critical
      expect 90s..130s charge none`,
    'that is good for a moment begins the duration anew': `
      ${CPU}
      0s..50s cpu 92
      60s cpu 50
      70s..140s cpu 92
      expect 60s cpu none
      expect 70s..120s cpu pending
      expect 130s..140s cpu warning`,
    'that comes and goes before the duration never fires': `
      ${CPU}
      0s..600s cpu 92/92/92/50
      expect 0s..20s cpu pending
      expect 0 cpu`,
    'that is bad again while it resolves goes on with its alert': `
      ${CPU}
      0s..60s cpu 92
      70s..80s cpu 50
      90s..120s cpu 92
      130s..200s cpu 50
      expect 60s..140s cpu warning
      expect 150s..200s cpu none
      expect 1 cpu`,
    'between the threshold to clear and that to fire keeps an alert, and makes none': `
      ${CPU}
      0s..100s cpu 87
      110s..200s cpu 92
      210s..400s cpu 87
      410s..500s cpu 85
      expect 0s..100s cpu none
      expect 170s..420s cpu warning
      expect 430s..500s cpu none`,
    'that is bad again after it resolved is another alert': `
      ${DISK}
      0s..20s disk{path=/} 90
      30s..70s disk{path=/} 20
      80s..100s disk{path=/} 90
      expect 0s..40s disk:/ warning
      expect 50s..70s disk:/ none
      expect 80s..100s disk:/ warning
      expect 2 disk:/`,
    'that equals a lower bound is good': `
      rule charge < 50 20
      0s..100s charge 50
      expect 0s..100s charge none
      expect 0 charge`,
    'that is no number is none': `
      ${CPU}
      0s..30s cpu 92
      expect 30s cpu pending
      expect 600s cpu pending`,
  },
  'The severity': {
    'rises in place after the duration of the higher one': `
      ${CPU}
      0s..90s cpu 92
      100s..200s cpu 97
      expect 60s..150s cpu warning
      expect 160s..200s cpu critical
      expect 1 cpu`,
    'is the higher one from the start when that held for the whole duration': `
      ${CPU}
      0s..60s cpu 97
      expect 0s..50s cpu pending
      expect 60s cpu critical`,
    'falls in place once it is below its own threshold to clear': `
      ${CPU}
      0s..60s cpu 97
      70s..120s cpu 91
      130s..200s cpu 89
      expect 60s..140s cpu critical
      expect 150s..200s cpu warning
      expect 1 cpu`,
    'does not rise by a short peak': `
      ${CPU}
      0s..60s cpu 92
      70s..110s cpu 99
      120s..300s cpu 92
      expect 60s..300s cpu warning`,
    'goes from critical straight to resolved by good data': `
      ${DISK}
      0s..30s disk{path=/} 99
      40s..90s disk{path=/} 20
      expect 0s..50s disk:/ critical
      expect 60s..90s disk:/ none`,
    'rises again after it fell, with the same alert': `
      ${DISK}
      0s..20s disk{path=/} 99
      30s..90s disk{path=/} 90
      100s..150s disk{path=/} 99
      expect 0s..40s disk:/ critical
      expect 50s..90s disk:/ warning
      expect 100s..150s disk:/ critical
      expect 1 disk:/`,
    'does not fall while a value only dips': `
      ${CPU}
      0s..60s cpu 97
      70s cpu 89
      80s..200s cpu 97
      expect 60s..200s cpu critical`,
    'has one step where a rule has one threshold': `
      rule load > - 8
      0s..30s load 7
      40s..60s load 9
      expect 0s..30s load none
      expect 40s..60s load critical`,
  },
  Instances: {
    'are alerts of their own: two ports': `
      rule port > 0 - by ifName
      0s..60s port{ifName=Gi1} 1
      0s..60s port{ifName=Gi2} 0
      70s..120s port{ifName=Gi1} 0
      70s..120s port{ifName=Gi2} 1
      expect 0s..80s port:Gi1 warning
      expect 0s..60s port:Gi2 none
      expect 70s..120s port:Gi2 warning
      expect 90s..120s port:Gi1 none`,
    'are named by every label of the series where the rule names none': `
      rule disk > 85 95
      0s..20s disk{path=/var,device=sda1} 90
      expect 0s..20s disk:sda1:/var warning`,
    'that share a name are as bad as the worst of them': `
      rule disk > 85 95 by path
      0s..20s disk{path=/,copy=1} 20
      0s..20s disk{path=/,copy=2} 90
      expect 0s..20s disk:/ warning
      expect 1 disk:/`,
    'that share a name are good again when all of them are': `
      rule disk > 85 95 by path
      0s..200s disk{path=/,copy=1} 20
      0s..100s disk{path=/,copy=2} 90
      110s..200s disk{path=/,copy=2} 20
      expect 0s..120s disk:/ warning
      expect 130s..200s disk:/ none
      expect 1 disk:/`,
    'of which one vanishes leave the others alone': `
      ${DISK}
      0s..200s disk{path=/} 90
      0s..60s disk{path=/var} 90
      210s..300s disk{path=/} 20
      expect 0s..220s disk:/ warning
      expect 230s..300s disk:/ none
      expect 0s..300s disk:/var warning`,
    'whose state is a label are good once the bad one is older than the look-back': `
      rule unit > 0 - by name look-back 90s
      0s unit{name=a,state=failed} 1
      30s unit{name=a,state=failed} 1
      60s unit{name=a,state=failed} 1
      90s unit{name=a,state=active} 0
      120s unit{name=a,state=active} 0
      150s unit{name=a,state=active} 0
      180s unit{name=a,state=active} 0
      210s unit{name=a,state=active} 0
      expect 0s..180s unit:a warning
      expect 200s..240s unit:a none`,
    'of two nodes do not meet': `
      node a
      node b
      ${DISK}
      a: 0s..60s disk{path=/} 90
      b: 0s..60s disk{path=/} 10
      expect 0s..60s a: disk:/ warning
      expect 0s..60s b: disk:/ none`,
  },
  'A series that its rule lets settle': {
    'is not told of before, when a known node gets it': `
      rule port > 0 - by ifName settle 60s
      0s..400s port{ifName=Gi1} 0
      200s..400s port{ifName=Gi2} 1
      expect 0s..250s port:Gi2 none
      expect 260s..400s port:Gi2 warning`,
    'settles anew after it was away for longer than that': `
      rule port > 0 - by ifName settle 60s
      0s..200s port{ifName=Gi1} 0
      400s..500s port{ifName=Gi1} 1
      510s..600s port{ifName=Gi1} 0
      expect 0s..450s port:Gi1 none
      expect 460s..520s port:Gi1 warning
      expect 1 port:Gi1`,
    'settles anew after its node was silent': `
      rule port > 0 - by ifName settle 60s
      0s..100s port{ifName=Gi1} 0
      110s..700s silent
      710s..800s port{ifName=Gi1} 1
      expect 0s..760s port:Gi1 none
      expect 770s..800s port:Gi1 warning`,
    'goes on after a shorter gap': `
      rule port > 0 - by ifName settle 60s
      0s..200s port{ifName=Gi1} 0
      250s..300s port{ifName=Gi1} 1
      expect 250s..300s port:Gi1 warning`,
    'goes on with the alert that it has': `
      rule port > 0 - by ifName settle 60s
      0s..100s port{ifName=Gi1} 1
      300s..330s port{ifName=Gi1} 1
      340s..400s port{ifName=Gi1} 0
      expect 60s..350s port:Gi1 warning
      expect 360s..400s port:Gi1 none
      expect 1 port:Gi1`,
    'is known again after a restart, which does not make it old': `
      rule port > 0 - by ifName settle 60s
      0s..400s port{ifName=Gi1} 0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1/1
      180s..400s port{ifName=Gi2} 1
      200s restart
      expect 210s..400s port:Gi1 warning
      expect 0s..250s port:Gi2 none
      expect 260s..400s port:Gi2 warning`,
  },
  'A gap': {
    'inside the duration does not count': `
      ${CPU}
      0s..30s cpu 92
      120s..200s cpu 92
      expect 60s..120s cpu pending
      expect 130s..200s cpu warning`,
    'inside the time of good data does not count': `
      rule cpu > 90 95 for 60s resolve 40s
      0s..60s cpu 92
      70s cpu 50
      200s..300s cpu 50
      expect 60s..210s cpu warning
      expect 220s..300s cpu none`,
    'behind one good value leaves the alert: it takes another one to resolve': `
      ${DISK}
      0s..20s disk{path=/} 90
      30s disk{path=/} 20
      200s disk{path=/} 20
      expect 0s..200s disk:/ warning
      expect 230s..300s disk:/ none
      expect 1 disk:/`,
    'without end resolves nothing: the value vanishes': `
      ${DISK}
      0s..30s disk{path=/} 90
      expect 0s..600s disk:/ warning
      expect 1 disk:/`,
  },
  'A rule that resolves later': {
    'waits for as long as it says': `
      rule disk > 85 - resolve 2m by path
      0s..20s disk{path=/} 90
      30s..300s disk{path=/} 20
      expect 0s..140s disk:/ warning
      expect 150s..300s disk:/ none`,
    'begins to wait anew after one bad value': `
      rule disk > 85 - resolve 2m by path
      0s..20s disk{path=/} 90
      30s..100s disk{path=/} 20
      110s disk{path=/} 90
      120s..300s disk{path=/} 20
      expect 0s..230s disk:/ warning
      expect 240s..300s disk:/ none
      expect 1 disk:/`,
  },
  'Two rules': {
    'on one series are two alerts, and the node is as bad as the worse': `
      rule warm > 30 -
      rule hot > - 60
      0s..60s warm 50
      0s..60s hot 50
      70s..100s hot 70
      70s..100s warm 50
      expect 0s..100s warm warning
      expect 0s..60s hot none
      expect 0s..60s status warning
      expect 70s..100s hot critical
      expect 70s..100s status critical`,
  },
  'No data': {
    'is no reason to fire for a rule that holds': `
      ${CPU}
      0s..30s cpu 50
      expect 0s..600s cpu none`,
    'fires after the duration, once the series was good': `
      rule beat > 1 - for 60s no-data fire
      0s..30s beat 0
      expect 0s..50s beat none
      expect 60s..110s beat pending
      expect 120s..300s beat warning`,
    'does not fire for a series that was never good': `
      rule beat > 1 - for 60s no-data fire
      0s..20s beat 2
      expect 30s..600s beat pending`,
    'that fired resolves by good data': `
      rule beat > 1 - no-data fire
      0s..30s beat 0
      100s..200s beat 0
      expect 60s..110s beat warning
      expect 120s..200s beat none`,
    'makes the node unknown after the duration, where the rule says so': `
      rule charge < 50 20 for 60s no-data unknown
      0s..30s charge 90
      200s..240s charge 90
      expect 0s..110s status healthy
      expect 120s..190s status unknown
      expect 200s..240s status healthy`,
    'keeps the alert that there was, where the node reads unknown': `
      rule charge < 50 20 no-data unknown
      0s charge 90
      10s..30s charge 30
      expect 10s..300s charge warning
      expect 70s..300s status warning`,
    'of what has to be seen good first: no alarm for a port that was always down': `
      rule port > 0 - seen-good by ifName
      0s..100s port{ifName=Gi1} 1
      110s..120s port{ifName=Gi1} 0
      130s..160s port{ifName=Gi1} 1
      expect 0s..120s port:Gi1 none
      expect 130s..160s port:Gi1 warning`,
  },
};
