import { urlHost } from './host-addresses.ts';
import { OWN_ANSWER_VARIABLES, renderErrorPages, renderOwnAnswers } from './nginx-answers.ts';

export interface NginxConfigOptions {
  host: string;
  port: number;
  /** Ports of backends on the loopback; several share the load. */
  backendPorts: readonly number[];
  certificateFile: string;
  keyFile: string;
  /** The built web UI. */
  webDir: string;
  /** Folder of nginx's own temporary files and its pid. */
  workDir: string;
  /** Secret that is sent to the backend, which trusts the client's address only with it. */
  proxySecret: string;
  workers: number;
  /** Version of the nginx that reads the configuration, as `major.minor.patch`. */
  version: string;
}

/** Headers of every page and file of the web UI, the same as the backend sends where it serves them itself. */
export const STATIC_SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

const TYPES = `types {
    text/html html;
    text/css css;
    text/javascript js mjs;
    application/json json map;
    application/manifest+json webmanifest;
    image/svg+xml svg;
    image/png png;
    image/jpeg jpg jpeg;
    image/webp webp;
    image/x-icon ico;
    font/woff2 woff2;
    font/woff woff;
    text/plain txt;
  }`;

/** Quotes a word for nginx; a character that could end a string or begin a variable is refused rather than escaped. */
function quote(text: string): string {
  if (/["\\$\n\r;{}]/.test(text)) throw new Error(`nginx cannot take the path ${JSON.stringify(text)}`);
  return `"${text}"`;
}

function atLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

function staticHeaders(cacheControl: string): string {
  const headers = Object.entries({ ...STATIC_SECURITY_HEADERS, 'Cache-Control': cacheControl });
  return headers.map(([name, value]) => `add_header ${name} "${value}" always;`).join('\n      ');
}

/** Renders the settings of nginx itself and of all connections. */
function renderConnections({ workDir }: NginxConfigOptions): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${quote(`${workDir}/${name}`)};`,
  );
  return `${TYPES}
  default_type application/octet-stream;
  charset utf-8;
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  ${temporary.join('\n  ')}

  # Slower senders than these hold a connection for nothing.
  client_header_timeout 10s;
  client_body_timeout 20s;
  send_timeout 30s;
  # For the rest of a body whose answer is known, so that its sender comes to read that.
  lingering_time 2s;
  lingering_timeout 1s;
  reset_timedout_connection on;
  # Longer than the 10 s rhythm of components, which so keep one connection for good.
  keepalive_timeout 90s;
  keepalive_requests 100000;
  large_client_header_buffers 4 16k;

  gzip on;
  gzip_comp_level 5;
  gzip_min_length 1024;
  gzip_vary on;
  gzip_types text/css text/javascript application/json application/problem+json image/svg+xml;`;
}

/** Renders the variables for the redirect of plain HTTP, and the backends. */
function renderUpstream({ host, port, backendPorts }: NginxConfigOptions): string {
  return `map $http_host $shown_host {
    default $http_host;
    "" ${quote(`${urlHost(host)}:${port}`)};
  }

  map "$request_method $request_uri" $plain_page {
    default 0;
    "~^(GET|HEAD) /api(/|$|\\?)" 0;
    "~^(GET|HEAD) /" 1;
  }

  ${OWN_ANSWER_VARIABLES}

  upstream backend {
    ${backendPorts.map((backend) => `server 127.0.0.1:${backend} max_fails=0;`).join('\n    ')}
    keepalive 64;
    keepalive_timeout 60s;
    keepalive_requests 100000;
  }`;
}

function renderListener(options: NginxConfigOptions): string {
  // From 1.25.1 on http2 is a directive of its own.
  const separate = atLeast(options.version, 1, 26);
  return `listen ${urlHost(options.host)}:${options.port} ssl${separate ? '' : ' http2'} reuseport;${separate ? '\n    http2 on;' : ''}
    server_name _;
    root ${quote(options.webDir)};

    ssl_certificate ${quote(options.certificateFile)};
    ssl_certificate_key ${quote(options.keyFile)};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
    ssl_prefer_server_ciphers off;
    ssl_session_cache shared:tls:8m;
    ssl_session_timeout 1h;
    ssl_session_tickets off;

    # Plain HTTP on a TLS port: a page is found at the right address, everything else is refused.
    error_page 497 = @plain;

    ${renderErrorPages()}
    client_max_body_size 2m;

    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Connection "";
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Stratora-Proxy ${quote(options.proxySecret)};
    proxy_connect_timeout 2s;
    proxy_read_timeout 75s;
    proxy_send_timeout 30s;
    proxy_buffering off;`;
}

const API_LOCATIONS = `location /api/ {
      proxy_pass http://backend;
    }

    location /install/ {
      proxy_pass http://backend;
    }

    # What nginx compresses has a weak entity tag, and If-Match takes strong ones alone.
    location ~ "^/api/v1/(settings|(?!metrics/|prometheus/)[a-z-]+/[^/]+)$" {
      proxy_pass http://backend;
      gzip off;
    }

    location = /api/v1/events {
      proxy_pass http://backend;
      proxy_read_timeout 1h;
      # Else this nginx keeps the header for itself, and a proxy before it gathers events instead of handing them on.
      proxy_pass_header X-Accel-Buffering;
      gzip off;
    }

    location = /api/v1/ingest/influx {
      proxy_pass http://backend;
      # The backend alone judges the size, 32 MiB unpacked, and gives a sender time to read that before it ends the
      # connection; nginx would read on for half a minute.
      client_max_body_size 0;
      lingering_close off;
      proxy_request_buffering off;
      gzip off;
    }

    # The backend's own metrics are for this host alone.
    location = /metrics {
      return 404;
    }`;

function renderFileLocations(): string {
  return `location /assets/ {
      ${staticHeaders('public, max-age=31536000, immutable')}
      try_files $uri =404;
    }

    location / {
      ${staticHeaders('no-cache')}
      try_files $uri /index.html =404;
    }`;
}

/**
 * Renders the whole configuration of the front door. Only TLS is spoken; a browser that comes by plain HTTP is shown
 * the right address, and nothing else is answered there.
 */
export function renderNginxConfig(options: NginxConfigOptions): string {
  return `# Generated at every start; changes here are lost.
daemon off;
worker_processes ${options.workers};
worker_shutdown_timeout 2s;
pid ${quote(`${options.workDir}/nginx.pid`)};
error_log stderr warn;

events {
  worker_connections 4096;
}

http {
  ${renderConnections(options)}

  ${renderUpstream(options)}

  server {
    ${renderListener(options)}

    ${API_LOCATIONS}

    ${renderFileLocations()}

    ${renderOwnAnswers(staticHeaders('no-store'))}
  }
}
`;
}
