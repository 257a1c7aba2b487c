import type {
  BacktestDefinition,
  DefinitionBacktest,
  DefinitionPreview,
  PreviewDefinition,
} from '@stratora/contract';
import { request } from './client.ts';

/** A month of many nodes takes the server a while; it ends what takes longer by itself and answers what it has. */
const BACKTEST_TIMEOUT_MS = 180_000;

/** What a definition, saved or not, would match now. Nothing fires. */
export function previewDefinition(body: PreviewDefinition, signal: AbortSignal): Promise<DefinitionPreview> {
  return request('/alert-definitions/preview', { method: 'POST', body, signal });
}

/** What a definition, saved or not, would have told of the past. */
export function backtestDefinition(
  body: BacktestDefinition,
  signal: AbortSignal,
): Promise<DefinitionBacktest> {
  return request('/alert-definitions/backtest', {
    method: 'POST',
    body,
    signal,
    timeoutMs: BACKTEST_TIMEOUT_MS,
  });
}
