import { expect, it } from 'vitest';
import type { TargetReport } from '../intake/target-report.ts';
import { viewSite } from './site-view.ts';

const target = (node_id: string, input: string, status: TargetReport['status'], message = '') => ({
  node_id,
  input,
  status,
  message,
});

it('counts a node as silent where no input has an answer of any kind', () => {
  const names = new Map([
    ['1', 'switch'],
    ['2', 'press'],
    ['3', 'oven'],
    ['4', 'new one'],
  ]);
  const view = viewSite(
    [
      target('1', 'ping', 'ok'),
      target('1', 'snmp', 'auth', 'wrong community'),
      target('2', 'snmp', 'timeout', 'no answer within 5 s'),
      target('2', 'http_response', 'refused'),
      target('3', 'ping', 'ok'),
    ],
    names,
  );
  expect(view).toEqual({
    total: 4,
    answering: 2,
    troubled: 1,
    unknown: 1,
    silent: [{ id: '2', name: 'press', message: 'snmp: no answer within 5 s' }],
  });
});

it('names a node by its id where the config could not be read', () => {
  expect(viewSite([target('9', 'ping', 'timeout')], new Map())).toMatchObject({
    total: 1,
    silent: [{ name: '9', message: 'ping: no answer' }],
  });
});
