/**
 * Roles by the names of processes. Process names are those of /proc/PID/comm (15 characters at most), units those of
 * the distributions. What has no entry has no role: a role is shown to people, so a guess is worse than none.
 */
export const ROLE_OF_PROCESS: Readonly<Record<string, string>> = {
  apache2: 'apache',
  asterisk: 'asterisk',
  caddy: 'caddy',
  'ceph-mon': 'ceph',
  'ceph-osd': 'ceph',
  charon: 'vpn',
  'charon-systemd': 'vpn',
  containerd: 'containerd',
  crio: 'cri-o',
  cupsd: 'printing',
  db2sysc: 'db2',
  dhcpd: 'dhcp',
  dnsmasq: 'dns',
  dockerd: 'docker',
  dovecot: 'mail',
  etcd: 'etcd',
  exim4: 'mail',
  freeradius: 'radius',
  glusterd: 'gluster',
  grafana: 'grafana',
  'grafana-server': 'grafana',
  haproxy: 'haproxy',
  httpd: 'apache',
  icinga2: 'monitoring',
  influxd: 'influxdb',
  k3s: 'kubernetes',
  'k3s-agent': 'kubernetes',
  'k3s-server': 'kubernetes',
  'kea-dhcp4': 'dhcp',
  'kea-dhcp6': 'dhcp',
  'kube-apiserver': 'kubernetes_control_plane',
  kubelet: 'kubernetes',
  krb5kdc: 'kerberos',
  libvirtd: 'libvirt',
  lighttpd: 'lighttpd',
  mariadbd: 'mysql',
  master: 'mail',
  memcached: 'memcached',
  minio: 'object_storage',
  mongod: 'mongodb',
  mosquitto: 'mqtt',
  mysqld: 'mysql',
  nagios: 'monitoring',
  named: 'dns',
  nfsd: 'nfs',
  nginx: 'nginx',
  'ns-slapd': 'ldap',
  openvpn: 'vpn',
  postgres: 'postgresql',
  prometheus: 'prometheus',
  proftpd: 'ftp',
  pveproxy: 'proxmox',
  'rabbitmq-server': 'rabbitmq',
  radiusd: 'radius',
  'redis-server': 'redis',
  rke2: 'kubernetes',
  samba: 'domain_controller',
  slapd: 'ldap',
  smbd: 'samba',
  sqlservr: 'mssql',
  squid: 'proxy',
  unbound: 'dns',
  'valkey-server': 'redis',
  varnishd: 'varnish',
  'victoria-metric': 'victoriametrics',
  virtqemud: 'libvirt',
  vpxd: 'vcenter',
  vsftpd: 'ftp',
  xenstored: 'xen',
  zabbix_server: 'monitoring',
};

/** A name with two meanings counts only beside its companion: `master` is Postfix where its queue manager runs too. */
export const COMPANION_OF: Readonly<Record<string, string>> = { master: 'qmgr' };

/** Companions beside which a program serves virtual machines of this host alone, by its name. */
export const OWN_USE: Readonly<Record<string, readonly string[]>> = { dnsmasq: ['libvirtd', 'virtnetworkd'] };

/** Roles by prefixes of names that go on with an instance. */
export const ROLE_OF_PREFIX: readonly (readonly [prefix: string, role: string])[] = [
  ['ora_pmon_', 'oracle'],
  ['qemu-system-', 'hypervisor'],
  ['qemu-kvm', 'hypervisor'],
];

/** Roles of programs that run inside of another: the command line says which. */
export const ROLE_OF_ARGUMENT: Readonly<Record<string, readonly (readonly [part: string, role: string])[]>> =
  {
    java: [
      ['org.elasticsearch', 'elasticsearch'],
      ['org.opensearch', 'opensearch'],
      ['kafka.Kafka', 'kafka'],
      ['org.apache.catalina', 'tomcat'],
      ['org.apache.cassandra', 'cassandra'],
      ['jenkins.war', 'jenkins'],
      ['org.jboss', 'wildfly'],
    ],
    'beam.smp': [
      ['rabbit', 'rabbitmq'],
      ['couch', 'couchdb'],
      ['ejabberd', 'ejabberd'],
    ],
  };

/** Roles by services that start with the host: it has the role even while they are stopped. */
export const ROLE_OF_UNIT: Readonly<Record<string, string>> = {
  apache2: 'apache',
  bind9: 'dns',
  docker: 'docker',
  haproxy: 'haproxy',
  httpd: 'apache',
  'isc-dhcp-server': 'dhcp',
  'kea-dhcp4-server': 'dhcp',
  kubelet: 'kubernetes',
  libvirtd: 'libvirt',
  mariadb: 'mysql',
  mongod: 'mongodb',
  mysql: 'mysql',
  mysqld: 'mysql',
  named: 'dns',
  'nfs-server': 'nfs',
  nginx: 'nginx',
  postfix: 'mail',
  postgresql: 'postgresql',
  redis: 'redis',
  'redis-server': 'redis',
  'samba-ad-dc': 'domain_controller',
  slapd: 'ldap',
  smb: 'samba',
  smbd: 'samba',
  unbound: 'dns',
};

/**
 * Roles by ports that identify a service, whatever program listens. Web ports say less than the name of a program, but
 * enough for a kind.
 */
export const ROLE_OF_TCP_PORT: Readonly<Record<number, string>> = {
  25: 'mail',
  53: 'dns',
  80: 'web_server',
  88: 'kerberos',
  389: 'ldap',
  443: 'web_server',
  445: 'file_server',
  636: 'ldap',
  1433: 'mssql',
  1521: 'oracle',
  1883: 'mqtt',
  2049: 'nfs',
  3306: 'mysql',
  5432: 'postgresql',
  6379: 'redis',
  6443: 'kubernetes_control_plane',
  9200: 'elasticsearch',
  27017: 'mongodb',
};
export const ROLE_OF_UDP_PORT: Readonly<Record<number, string>> = { 67: 'dhcp', 547: 'dhcp', 1812: 'radius' };

/** Roles that are kinds of another: both are reported, so that people find hosts by either. */
export const KIND_OF_ROLE: Readonly<Record<string, string>> = {
  apache: 'web_server',
  caddy: 'web_server',
  cassandra: 'database',
  couchdb: 'database',
  db2: 'database',
  esxi: 'hypervisor',
  hyper_v: 'hypervisor',
  iis: 'web_server',
  kubernetes_control_plane: 'kubernetes',
  libvirt: 'hypervisor',
  lighttpd: 'web_server',
  mongodb: 'database',
  mssql: 'database',
  mysql: 'database',
  nfs: 'file_server',
  nginx: 'web_server',
  oracle: 'database',
  postgresql: 'database',
  proxmox: 'hypervisor',
  samba: 'file_server',
  tomcat: 'web_server',
  xen: 'hypervisor',
};

/**
 * Roles by files below the system drive that are there only where the role or the product was installed. `*` is any one
 * name.
 */
export const ROLE_OF_WINDOWS_FILE: readonly (readonly [path: string, role: string])[] = [
  ['Windows/NTDS/ntds.dit', 'domain_controller'],
  ['Windows/System32/dns.exe', 'dns'],
  ['Windows/System32/dhcpssvc.dll', 'dhcp'],
  ['Windows/System32/vmms.exe', 'hyper_v'],
  ['Windows/System32/inetsrv/w3wp.exe', 'iis'],
  ['Windows/System32/certsrv.exe', 'certificate_authority'],
  ['Windows/System32/dfsrs.exe', 'file_server'],
  ['Windows/System32/srmsvc.dll', 'file_server'],
  ['Windows/System32/tssdis.exe', 'remote_desktop'],
  ['Windows/Cluster/clussvc.exe', 'failover_cluster'],
  ['Windows/ADFS/Microsoft.IdentityServer.ServiceHost.exe', 'adfs'],
  ['Program Files/Update Services/Services/WsusService.exe', 'wsus'],
  ['Program Files/Microsoft SQL Server/*/MSSQL/Binn/sqlservr.exe', 'mssql'],
  ['Program Files/Microsoft/Exchange Server/*/Bin/ExSetup.exe', 'mail'],
  ['Program Files/VMware/vCenter Server/vpxd/vpxd.exe', 'vcenter'],
  ['Program Files/Veeam/Backup and Replication/Backup/Veeam.Backup.Service.exe', 'backup'],
  ['Program Files/PostgreSQL/*/bin/postgres.exe', 'postgresql'],
  ['Program Files/MySQL/*/bin/mysqld.exe', 'mysql'],
  ['Program Files/MariaDB */bin/mysqld.exe', 'mysql'],
  ['Program Files/Docker/dockerd.exe', 'docker'],
  ['Program Files/Docker/Docker/resources/dockerd.exe', 'docker'],
];
