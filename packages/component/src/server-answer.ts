import type { ComponentType, Problem, RegisterResponse } from '@stratora/contract';
import type { HttpAnswer } from '@stratora/runtime';

// Answers are checked by hand: a schema library would cost each component 8 MB of memory for three small shapes.

export function isJson(answer: HttpAnswer): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(answer.headers['content-type'] ?? '');
}

export function parseJson(answer: HttpAnswer): unknown {
  if (!isJson(answer)) return undefined;
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

/** Parses the problem document of a refusal; undefined for anything that the server did not write (a proxy's page). */
export function parseProblem(answer: HttpAnswer): Pick<Problem, 'code' | 'detail'> | undefined {
  const body = parseJson(answer) as Partial<Problem> | null | undefined;
  if (typeof body?.code !== 'string') return undefined;
  return { code: body.code, detail: typeof body.detail === 'string' ? body.detail : '' };
}

const KEY = /^sk_stra_[\w-]{20,}$/;

/** Parses the new key of `POST /components/{id}/key`. */
export function parseRotatedKey(answer: HttpAnswer, componentId: string): string | undefined {
  const body = parseJson(answer) as { component_id?: unknown; api_key?: unknown } | null | undefined;
  if (body?.component_id !== componentId || typeof body.api_key !== 'string') return undefined;
  return KEY.test(body.api_key) ? body.api_key : undefined;
}

export function parseRegistered(
  answer: HttpAnswer,
  componentType: ComponentType,
): RegisterResponse | undefined {
  const body = parseJson(answer) as Partial<RegisterResponse> | null | undefined;
  if (typeof body?.component_id !== 'string' || typeof body.api_key !== 'string') return undefined;
  if (!KEY.test(body.api_key) || !/^[0-9a-f-]{36}$/i.test(body.component_id)) return undefined;
  if (body.status !== 'pending' && body.status !== 'approved') return undefined;
  const { component_id, api_key, status, node_id } = body;
  if (componentType === 'collector') return { component_id, api_key, status };
  return typeof node_id === 'string' ? { component_id, api_key, status, node_id } : undefined;
}

/** Parses `Retry-After`: seconds or a date (RFC 9110 section 10.2.3), as milliseconds from now, at most ten minutes. */
export function parseRetryAfterMs(value: string | undefined, now: number): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), 600_000) : undefined;
}
