import { expect, test } from 'vitest';
import { TargetBoard, type TargetReport } from './target-report.ts';

const target = (status: TargetReport['status'], message = ''): TargetReport => ({
  node_id: 'n',
  input: 'snmp',
  status,
  message,
});

test('only changes are told, and what could not be told is told later', () => {
  const board = new TargetBoard();
  board.update([target('ok')]);
  board.update([target('ok')]);
  const first = board.take();
  expect(first.targets).toEqual([target('ok')]);
  expect(board.take().targets).toEqual([]);
  first.giveBack();
  expect(board.take().targets).toEqual([target('ok')]);
});

test('a newer state is not overwritten by one that comes back', () => {
  const board = new TargetBoard();
  board.update([target('ok')]);
  const taken = board.take();
  board.update([target('auth', 'wrong password')]);
  taken.giveBack();
  expect(board.take().targets).toEqual([target('auth', 'wrong password')]);
});

test('with another config the same state is news again, and what the one before met is told no more', () => {
  const board = new TargetBoard();
  board.begin('a');
  board.update([target('timeout', 'no answer')]);
  board.begin('b');
  expect(board.configHash).toBe('b');
  expect(board.take().targets).toEqual([]);
  board.update([target('ok')]);
  expect(board.take().targets).toEqual([target('ok')]);
  board.begin('c');
  board.update([target('ok')]);
  expect(board.take().targets).toEqual([target('ok')]);
});

test('no more are taken than the server takes at once', () => {
  const board = new TargetBoard();
  board.update([target('ok'), { ...target('ok'), input: 'ping' }]);
  expect(board.take(1).targets).toHaveLength(1);
  expect(board.take(1).targets).toHaveLength(1);
  expect(board.unreportedCount).toBe(0);
});
