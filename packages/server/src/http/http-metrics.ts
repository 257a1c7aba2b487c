import { Counter, Histogram, type Registry } from 'prom-client';

export interface HttpMetrics {
  observe(method: string, route: string, status: number, durationMs: number): void;
}

export function createHttpMetrics(registry: Registry): HttpMetrics {
  const requests = new Counter({
    name: 'stratora_http_requests_total',
    help: 'Answered requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'stratora_http_request_duration_seconds',
    help: 'From the head of a request to the end of its answer.',
    labelNames: ['route'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  // Finding a child by its labels costs more than counting; a server has a few hundred of them.
  const children = new Map<string, { count: Counter.Internal; time: Histogram.Internal<'route'> }>();
  return {
    observe(method, route, status, durationMs) {
      const key = `${method} ${status} ${route}`;
      let child = children.get(key);
      if (!child) {
        child = {
          count: requests.labels({ method, route, status: String(status) }),
          time: duration.labels({ route }),
        };
        children.set(key, child);
      }
      child.count.inc();
      child.time.observe(durationMs / 1000);
    },
  };
}
