import type { DiscoveryJob } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { credentialsQuery } from '../../api/resources.ts';
import { formatCount, formatNumber } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { Moment } from '../../ui/time-text.tsx';
import { hoursWords, scannerName, scheduleWords, targetWords } from './job-words.ts';
import { PACE_CHOICES, PACE_LIMITS, paceOf } from './pace-choice.ts';

/** How a job is set. */
export function JobFacts({ job }: { readonly job: DiscoveryJob }) {
  const credentials = useQuery(credentialsQuery).data ?? [];
  const { options, credential_ids: ids } = job;
  const pace = paceOf(options);
  const limits = PACE_LIMITS[pace];
  const names = ids.map((id) => credentials.find((one) => one.id === id)?.name ?? 'one that is gone');
  const isSafe = options.ot_safe;
  const phases = [
    options.ping && 'ping',
    !isSafe &&
      options.tcp !== false &&
      (options.tcp_ports === null ? 'TCP ports' : `TCP ports ${options.tcp_ports.join(', ')}`),
    options.snmp && `SNMP at port ${options.snmp_port}`,
    !isSafe && options.http !== false && 'web pages',
    options.dns && 'names in DNS',
  ].filter((phase) => phase !== false);
  return (
    <Panel>
      <Facts className="px-4 py-3">
        <Fact label="Scans">
          {targetWords(job)}
          {job.addresses !== null && (
            <span className="text-faint"> ({formatCount(job.addresses)} addresses)</span>
          )}
        </Fact>
        <Fact label="Scanned by">{scannerName(job)}</Fact>
        <Fact label="Site">{job.site_name ?? 'that of who scans'}</Fact>
        <Fact label="Credentials, in order">{names.length === 0 ? 'none' : names.join(', ')}</Fact>
        <Fact label="How gentle">
          {PACE_CHOICES.find(({ value }) => value === pace)?.label}, at most{' '}
          {formatNumber(options.packets_per_second ?? limits.all)} packets a second,{' '}
          {formatNumber(options.host_packets_per_second ?? limits.host)} to one host
        </Fact>
        <Fact label="Phases">{phases.join(', ')}</Fact>
        <Fact label="Left out">{options.exclude.length === 0 ? 'nothing' : options.exclude.join(', ')}</Fact>
        <Fact label="May send">{hoursWords(options)}</Fact>
        <Fact label="Runs">{scheduleWords(job)}</Fact>
        <Fact label="Made by">
          {job.created_by}, <Moment time={job.created_at} />
        </Fact>
      </Facts>
    </Panel>
  );
}
