import { afterEach, expect, test } from 'vitest';
import { HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './kernel-input.ts';

const FILES = {
  'proc/stat': `cpu 1 2\nintr 987654321 5 ${'0 '.repeat(3000)}\nctxt 55\nbtime 1700000000\nprocesses 77\nprocs_running 1\n`,
  'proc/sys/kernel/random/entropy_avail': '256\n',
  'proc/pressure/cpu':
    'some avg10=0.50 avg60=1.00 avg300=0.00 total=123\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
  'proc/pressure/memory':
    'some avg10=0.00 avg60=0.00 avg300=0.00 total=4\nfull avg10=0.00 avg60=0.00 avg300=0.25 total=5\n',
  'proc/pressure/io': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=6\n',
  'sys/kernel/mm/ksm/run': '1\n',
  'sys/kernel/mm/ksm/general_profit': '-4096\n',
};
const KERNEL =
  'kernel entropy_avail=256i,interrupts=987654321i,context_switches=55i,boot_time=1700000000i,processes_forked=77i';

let fixture: HostFixture;
afterEach(() => fixture.remove());

test('counters of the kernel are whole numbers', async () => {
  fixture = (await HostFixture.create(FILES)).use(plugin);
  expect(await fixture.gather()).toEqual([KERNEL]);
});

test('page merging and pressure are there where they are asked for', async () => {
  fixture = (await HostFixture.create(FILES)).use(plugin, { collect: ['ksm', 'psi'] });
  expect(await fixture.gather()).toEqual([
    `${KERNEL},ksm_general_profit=-4096i,ksm_run=1i`,
    'pressure,resource=cpu,type=some avg10=0.5,avg60=1,avg300=0',
    'pressure,resource=cpu,type=some total=123i',
    'pressure,resource=io,type=some avg10=0,avg60=0,avg300=0',
    'pressure,resource=io,type=some total=6i',
    'pressure,resource=memory,type=full avg10=0,avg60=0,avg300=0.25',
    'pressure,resource=memory,type=full total=5i',
    'pressure,resource=memory,type=some avg10=0,avg60=0,avg300=0',
    'pressure,resource=memory,type=some total=4i',
  ]);
});
