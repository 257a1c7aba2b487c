import { Counter, Histogram, type Registry } from 'prom-client';

export interface HttpMetrics {
  observe(method: string, route: string, status: number, durationMs: number): void;
  /** Counts one kind of answer, without looking it up each time. */
  observerOf(method: string, route: string, status: number): (durationMs: number) => void;
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
  const observers = new Map<string, (durationMs: number) => void>();
  function observerOf(method: string, route: string, status: number): (durationMs: number) => void {
    const key = `${method} ${status} ${route}`;
    let observer = observers.get(key);
    if (!observer) {
      const count = requests.labels({ method, route, status: String(status) });
      const time = duration.labels({ route });
      observer = (durationMs) => {
        count.inc();
        time.observe(durationMs / 1000);
      };
      observers.set(key, observer);
    }
    return observer;
  }
  return {
    observerOf,
    observe: (method, route, status, durationMs) => observerOf(method, route, status)(durationMs),
  };
}
