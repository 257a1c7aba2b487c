import type { ConformanceCase } from '../conformance-case.ts';
import { templateBlocks } from './template-blocks.ts';

/**
 * Folder of the mounts of the stage's host, which has its own interfaces and processes, and the machine's processors.
 */
const ROOT = '{folder}/mounts';

function host(
  input: string,
  what: string,
  options = '',
  more: Partial<ConformanceCase> = {},
): ConformanceCase {
  const needs = input === 'systemd_units' ? { needs: 'dbus-daemon' as const } : {};
  return { name: what === '' ? input : `${input} ${what}`, input, options, ...needs, ...more };
}

const DISK_MOVES = ['free', 'used*', 'inodes_free', 'inodes_used*'];
const DISKIO_MOVES = ['reads', 'writes', '*_bytes', '*_time', 'io_*', 'merged_*', 'iops_in_progress'];
const NET_MOVES = ['bytes_*', 'packets_*', 'drop_*', 'err_*'];
const MEM_MOVES = ['*'];

export const HOST_CASES: readonly ConformanceCase[] = [
  host('cpu', '', '', { series: 2, varies: ['*'] }),
  host('cpu', 'total only', 'percpu = false', { varies: ['*'] }),
  host('cpu', 'each only', 'totalcpu = false', { series: 1, varies: ['*'] }),
  host('cpu', 'neither', 'percpu = false\ntotalcpu = false', { series: 0 }),
  host('cpu', 'times and active', 'collect_cpu_time = true\nreport_active = true', {
    series: 2,
    varies: ['*'],
  }),
  host('cpu', 'core tags', 'core_tags = true\npercpu = true', { series: 2, varies: ['*'] }),

  host('disk', '', '', { series: 3, varies: DISK_MOVES }),
  host('disk', 'some mount points', `mount_points = ["${ROOT}/plain", "${ROOT}/with space", "/nowhere"]`, {
    series: 2,
  }),
  host('disk', 'without some file systems', 'ignore_fs = ["tmpfs", "overlay", "squashfs"]', {
    series: 1,
    varies: DISK_MOVES,
  }),
  host('disk', 'without some mount options', 'ignore_mount_opts = ["ro", "noexec"]', {
    series: 1,
    varies: DISK_MOVES,
  }),
  host(
    'disk',
    'without bound mounts',
    `mount_points = ["${ROOT}/plain", "${ROOT}/bound-here", "${ROOT}/read-only"]\nignore_mount_opts = ["bind"]`,
    { series: 2 },
  ),
  host('disk', 'bound and read-only mounts', `mount_points = ["${ROOT}/bound-here", "${ROOT}/read-only"]`, {
    series: 2,
  }),

  host('diskio', '', '', { varies: DISKIO_MOVES }),
  host('diskio', 'by pattern', 'devices = ["vd*", "sd*", "nvme*", "xvd*"]', { varies: DISKIO_MOVES }),
  host('diskio', 'by name', 'devices = ["vda", "/dev/sda", "nvme0n1"]', { varies: DISKIO_MOVES }),
  host('diskio', 'none', 'devices = ["nosuchdisk"]', { series: 0 }),
  host(
    'diskio',
    'serial numbers and tags',
    'skip_serial_number = false\ndevice_tags = ["ID_FS_TYPE", "ID_SERIAL"]\nname_templates = ["$ID_FS_LABEL", "$DM_VG_NAME/$DM_LV_NAME"]',
    { varies: DISKIO_MOVES },
  ),

  host('kernel', '', '', {
    varies: ['context_switches', 'interrupts', 'processes_forked', 'entropy_avail', 'disk_pages_*'],
  }),
  host('kernel', 'pressure', 'collect = ["psi"]', { series: 6, varies: ['*'] }),

  host('mem', '', '', { varies: MEM_MOVES }),
  host('mem', 'extended', 'collect_extended = true', { varies: MEM_MOVES }),

  host('net', '', '', { series: 2, varies: NET_MOVES }),
  host('net', 'protocols not ignored', 'ignore_protocol_stats = false', { series: 2, varies: NET_MOVES }),
  host('net', 'protocols ignored', 'ignore_protocol_stats = true', { series: 2, varies: NET_MOVES }),
  host('net', 'by pattern', 'interfaces = ["lo", "veth-*", "nosuch"]', { series: 3, varies: NET_MOVES }),
  host('net', 'by name', 'interfaces = ["br-down", "lo"]', { series: 2, varies: NET_MOVES }),
  host('net', 'by pattern of one sign', 'interfaces = ["l?", "veth-[!b]"]', { series: 2, varies: NET_MOVES }),
  host('net', 'none', 'interfaces = ["nosuch"]', { series: 0 }),

  host('processes', '', '', {
    varies: ['running', 'sleeping', 'total*', 'blocked', 'idle', 'parked', 'zombies'],
  }),

  host('swap', '', '', { varies: ['used*', 'free', 'in', 'out'] }),

  host('system', '', '', { varies: ['load*', 'uptime*'] }),
  host('system', 'parts', 'include = ["load", "cpus", "users", "uptime"]', { varies: ['load*', 'uptime'] }),
  host('system', 'one part', 'include = ["cpus"]'),
  host('system', 'legacy and a part', 'include = ["legacy", "cpus", "cpus"]', {
    varies: ['load*', 'uptime*'],
  }),

  host('linux_sysctl_fs', '', '', { varies: ['*-nr'] }),

  host('systemd_units', '', '', { series: 3 }),
  host('systemd_units', 'of another type', 'unittype = "socket"'),
  host('systemd_units', 'by pattern', 'pattern = "s* user@*"', { series: 2 }),
  host('systemd_units', 'by name', 'pattern = "ssh.service"'),
  host('systemd_units', 'with details', 'details = true', { series: 3 }),
  host('systemd_units', 'with disabled ones', 'collect_disabled_units = true', { series: 4 }),
];

/** Cases with the blocks that the product renders for the agent of a Linux host. */
export const AGENT_CASES: readonly ConformanceCase[] = templateBlocks('linux-agent').map(
  ({ id, plugin, options }) => {
    // It reports every block beside it, so it has few of them.
    const own = plugin === 'internal' ? { run: 'internal', movingTags: ['version', '_id'] } : {};
    return host(plugin, `by the template linux-agent: ${id}`, options, { varies: ['*'], ...own });
  },
);

/** Builds a case on an invented host whose counters stand still, so that every value must be equal. */
function invented(
  input: string,
  what = '',
  options = '',
  more: Partial<ConformanceCase> = {},
): ConformanceCase {
  return host(input, `invented${what === '' ? '' : `, ${what}`}`, options, { run: 'invented', ...more });
}

export const INVENTED_HOST_CASES: readonly ConformanceCase[] = [
  invented('cpu', 'times', 'collect_cpu_time = true\nreport_active = true', { series: 3 }),
  invented('cpu', 'core tags', 'collect_cpu_time = true\ncore_tags = true', { series: 3 }),
  invented('diskio', '', '', { series: 4, varies: ['io_util'] }),
  invented('diskio', 'by pattern', 'devices = ["sd?", "dm-*"]', { series: 2, varies: ['io_util'] }),
  invented('diskio', 'by name', 'devices = ["sda1", "/dev/sda"]', { series: 2, varies: ['io_util'] }),
  invented('linux_sysctl_fs'),
  invented('mem'),
  invented('mem', 'extended', 'collect_extended = true'),
  invented('net', '', '', { series: 3 }),
  invented('net', 'by pattern', 'interfaces = ["eth*"]', { series: 2 }),
  invented('processes'),
  invented('swap'),
  invented('system'),
  invented('system', 'parts', 'include = ["load", "cpus", "users", "uptime"]'),
];

/** Inputs on a host whose figures contradict each other. */
export const ODD_HOST_CASES: readonly ConformanceCase[] = [
  host('mem', 'odd host', '', { run: 'odd' }),
  host('net', 'odd host', '', { run: 'odd' }),
  host('diskio', 'odd host', '', { run: 'odd', varies: ['io_util'] }),
  host('system', 'odd host', 'include = ["users"]', { run: 'odd' }),
  host('disk', 'odd host', `mount_points = ["${ROOT}/plain"]`, { run: 'odd', varies: DISK_MOVES }),
];
