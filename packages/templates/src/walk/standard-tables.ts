/** What the standard says of a column: a state has named values, an index names the row, a level goes up and down. */
export type StandardRole = 'state' | 'index' | 'level' | 'text';

export interface StandardColumn {
  readonly name: string;
  /** Absent where the type of its values says enough. */
  readonly role: StandardRole | undefined;
}

export interface StandardTable {
  readonly mib: string;
  readonly name: string;
  /** OID of the entry, below which the columns stand. */
  readonly entry: string;
  readonly columns: ReadonlyMap<number, StandardColumn>;
  /** Why a proposal leaves the table out; empty for one that it may poll. */
  readonly leftOut: string;
}

const ROLES: Readonly<Record<string, StandardRole>> = {
  '!': 'state',
  '#': 'index',
  '~': 'level',
  '"': 'text',
};

/**
 * Tables of the standard MIBs, one a line: MIB, table, OID of the entry, and its columns by number, with a mark for those
 * whose type does not tell what they are (`!` state, `#` index, `~` level, `"` text).
 */
const TABLES = `
IF-MIB ifTable 1.3.6.1.2.1.2.2.1 1#ifIndex 2ifDescr 3!ifType 4~ifMtu 5ifSpeed 6"ifPhysAddress 7!ifAdminStatus 8!ifOperStatus 9ifLastChange 10ifInOctets 11ifInUcastPkts 12ifInNUcastPkts 13ifInDiscards 14ifInErrors 15ifInUnknownProtos 16ifOutOctets 17ifOutUcastPkts 18ifOutNUcastPkts 19ifOutDiscards 20ifOutErrors 21ifOutQLen 22ifSpecific
IF-MIB ifXTable 1.3.6.1.2.1.31.1.1.1 1ifName 2ifInMulticastPkts 3ifInBroadcastPkts 4ifOutMulticastPkts 5ifOutBroadcastPkts 6ifHCInOctets 7ifHCInUcastPkts 8ifHCInMulticastPkts 9ifHCInBroadcastPkts 10ifHCOutOctets 11ifHCOutUcastPkts 12ifHCOutMulticastPkts 13ifHCOutBroadcastPkts 14!ifLinkUpDownTrapEnable 15ifHighSpeed 16!ifPromiscuousMode 17!ifConnectorPresent 18ifAlias 19ifCounterDiscontinuityTime
HOST-RESOURCES-MIB hrStorageTable 1.3.6.1.2.1.25.2.3.1 1#hrStorageIndex 2hrStorageType 3hrStorageDescr 4~hrStorageAllocationUnits 5~hrStorageSize 6~hrStorageUsed 7hrStorageAllocationFailures
HOST-RESOURCES-MIB hrDeviceTable 1.3.6.1.2.1.25.3.2.1 1#hrDeviceIndex 2hrDeviceType 3hrDeviceDescr 4hrDeviceID 5!hrDeviceStatus 6hrDeviceErrors
HOST-RESOURCES-MIB hrProcessorTable 1.3.6.1.2.1.25.3.3.1 1hrProcessorFrwID 2~hrProcessorLoad
HOST-RESOURCES-MIB hrPrinterTable 1.3.6.1.2.1.25.3.5.1 1!hrPrinterStatus 2"hrPrinterDetectedErrorState
HOST-RESOURCES-MIB hrDiskStorageTable 1.3.6.1.2.1.25.3.6.1 1!hrDiskStorageAccess 2!hrDiskStorageMedia 3!hrDiskStorageRemoveble 4~hrDiskStorageCapacity
HOST-RESOURCES-MIB hrFSTable 1.3.6.1.2.1.25.3.8.1 1#hrFSIndex 2hrFSMountPoint 3hrFSRemoteMountPoint 4hrFSType 5!hrFSAccess 6!hrFSBootable 7~hrFSStorageIndex
ENTITY-MIB entPhysicalTable 1.3.6.1.2.1.47.1.1.1.1 2entPhysicalDescr 3entPhysicalVendorType 4#entPhysicalContainedIn 5!entPhysicalClass 6~entPhysicalParentRelPos 7entPhysicalName 8entPhysicalHardwareRev 9entPhysicalFirmwareRev 10entPhysicalSoftwareRev 11entPhysicalSerialNum 12entPhysicalMfgName 13entPhysicalModelName 14entPhysicalAlias 15entPhysicalAssetID 16!entPhysicalIsFRU
ENTITY-SENSOR-MIB entPhySensorTable 1.3.6.1.2.1.99.1.1.1 1!entPhySensorType 2!entPhySensorScale 3~entPhySensorPrecision 4~entPhySensorValue 5!entPhySensorOperStatus 6entPhySensorUnitsDisplay 7entPhySensorValueTimeStamp 8entPhySensorValueUpdateRate
ENTITY-STATE-MIB entStateTable 1.3.6.1.2.1.131.1.1.1 1"entStateLastChanged 2!entStateAdmin 3!entStateOper 4!entStateUsage 5"entStateAlarm 6!entStateStandby
UPS-MIB upsInputTable 1.3.6.1.2.1.33.1.3.3.1 1#upsInputLineIndex 2~upsInputFrequency 3~upsInputVoltage 4~upsInputCurrent 5~upsInputTruePower
UPS-MIB upsOutputTable 1.3.6.1.2.1.33.1.4.4.1 1#upsOutputLineIndex 2~upsOutputVoltage 3~upsOutputCurrent 4~upsOutputPower 5~upsOutputPercentLoad
UPS-MIB upsBypassTable 1.3.6.1.2.1.33.1.5.3.1 1#upsBypassLineIndex 2~upsBypassVoltage 3~upsBypassCurrent 4~upsBypassPower
UPS-MIB upsAlarmTable 1.3.6.1.2.1.33.1.6.2.1 1#upsAlarmId 2upsAlarmDescr 3upsAlarmTime
Printer-MIB prtMarkerTable 1.3.6.1.2.1.43.10.2.1 2!prtMarkerMarkTech 3!prtMarkerCounterUnit 4prtMarkerLifeCount 5prtMarkerPowerOnCount 15!prtMarkerStatus
Printer-MIB prtMarkerSuppliesTable 1.3.6.1.2.1.43.11.1.1 2#prtMarkerSuppliesMarkerIndex 3#prtMarkerSuppliesColorantIndex 4!prtMarkerSuppliesClass 5!prtMarkerSuppliesType 6prtMarkerSuppliesDescription 7!prtMarkerSuppliesSupplyUnit 8~prtMarkerSuppliesMaxCapacity 9~prtMarkerSuppliesLevel
Printer-MIB prtInputTable 1.3.6.1.2.1.43.8.2.1 2!prtInputType 9~prtInputMaxCapacity 10~prtInputCurrentLevel 11!prtInputStatus 13prtInputName 18prtInputDescription
Printer-MIB prtAlertTable 1.3.6.1.2.1.43.18.1.1 2!prtAlertSeverityLevel 3!prtAlertTrainingLevel 4!prtAlertGroup 5#prtAlertGroupIndex 6~prtAlertLocation 7!prtAlertCode 8prtAlertDescription 9prtAlertTime
POWER-ETHERNET-MIB pethPsePortTable 1.3.6.1.2.1.105.1.1.1 3!pethPsePortAdminEnable 4!pethPsePortPowerPairsControlAbility 5!pethPsePortPowerPairs 6!pethPsePortDetectionStatus 7!pethPsePortPowerPriority 9pethPsePortType 10!pethPsePortPowerClassifications
POWER-ETHERNET-MIB pethMainPseTable 1.3.6.1.2.1.105.1.3.1.1 2~pethMainPsePower 3!pethMainPseOperStatus 4~pethMainPseConsumptionPower 5~pethMainPseUsageThreshold
EtherLike-MIB dot3StatsTable 1.3.6.1.2.1.10.7.2.1 1#dot3StatsIndex 2dot3StatsAlignmentErrors 3dot3StatsFCSErrors 4dot3StatsSingleCollisionFrames 5dot3StatsMultipleCollisionFrames 8dot3StatsLateCollisions 19!dot3StatsDuplexStatus
BGP4-MIB bgpPeerTable 1.3.6.1.2.1.15.3.1 1bgpPeerIdentifier 2!bgpPeerState 3!bgpPeerAdminStatus 7bgpPeerRemoteAddr 9~bgpPeerRemoteAs 10bgpPeerInUpdates 11bgpPeerOutUpdates 16bgpPeerFsmEstablishedTime
OSPF-MIB ospfNbrTable 1.3.6.1.2.1.14.10.1 1ospfNbrIpAddr 3ospfNbrRtrId 6!ospfNbrState 7ospfNbrEvents
UCD-SNMP-MIB laTable 1.3.6.1.4.1.2021.10.1 1#laIndex 2laNames 3laLoad 5~laLoadInt 100!laErrorFlag
UCD-SNMP-MIB dskTable 1.3.6.1.4.1.2021.9.1 1#dskIndex 2dskPath 3dskDevice 6~dskTotal 7~dskAvail 8~dskUsed 9~dskPercent 100!dskErrorFlag
UCD-DISKIO-MIB diskIOTable 1.3.6.1.4.1.2021.13.15.1.1 1#diskIOIndex 2diskIODevice 3diskIONRead 4diskIONWritten 5diskIOReads 6diskIOWrites
LM-SENSORS-MIB lmTempSensorsTable 1.3.6.1.4.1.2021.13.16.2.1 1#lmTempSensorsIndex 2lmTempSensorsDevice 3lmTempSensorsValue
`;

/** Tables that cost much, change with every caller or hold what monitoring has no use for: OID, name, why they are left out. */
const LEFT_OUT: readonly (readonly [entry: string, mib: string, name: string, why: string])[] = [
  ['1.3.6.1.2.1.1.9.1', 'SNMPv2-MIB', 'sysORTable', 'it lists what the agent supports'],
  ['1.3.6.1.2.1.3.1.1', 'RFC1213-MIB', 'atTable', 'neighbours are no metric'],
  ['1.3.6.1.2.1.4.20.1', 'IP-MIB', 'ipAddrTable', 'addresses are no metric'],
  ['1.3.6.1.2.1.4.21.1', 'RFC1213-MIB', 'ipRouteTable', 'routes are many'],
  ['1.3.6.1.2.1.4.22.1', 'IP-MIB', 'ipNetToMediaTable', 'neighbours are no metric'],
  ['1.3.6.1.2.1.4.24.4.1', 'IP-FORWARD-MIB', 'ipCidrRouteTable', 'routes are many'],
  ['1.3.6.1.2.1.4.24.7.1', 'IP-FORWARD-MIB', 'inetCidrRouteTable', 'routes are many'],
  ['1.3.6.1.2.1.4.34.1', 'IP-MIB', 'ipAddressTable', 'addresses are no metric'],
  ['1.3.6.1.2.1.4.35.1', 'IP-MIB', 'ipNetToPhysicalTable', 'neighbours are no metric'],
  ['1.3.6.1.2.1.6.13.1', 'TCP-MIB', 'tcpConnTable', 'connections come and go'],
  ['1.3.6.1.2.1.6.19.1', 'TCP-MIB', 'tcpConnectionTable', 'connections come and go'],
  ['1.3.6.1.2.1.7.5.1', 'UDP-MIB', 'udpTable', 'sockets come and go'],
  ['1.3.6.1.2.1.7.7.1', 'UDP-MIB', 'udpEndpointTable', 'sockets come and go'],
  ['1.3.6.1.2.1.16.1.1.1', 'RMON-MIB', 'etherStatsTable', 'interfaces have the same counters'],
  ['1.3.6.1.2.1.16.2.2.1', 'RMON-MIB', 'etherHistoryTable', 'the store has a history of its own'],
  ['1.3.6.1.2.1.17.4.3.1', 'BRIDGE-MIB', 'dot1dTpFdbTable', 'addresses are many'],
  ['1.3.6.1.2.1.17.7.1.2.2.1', 'Q-BRIDGE-MIB', 'dot1qTpFdbTable', 'addresses are many'],
  ['1.3.6.1.2.1.25.4.2.1', 'HOST-RESOURCES-MIB', 'hrSWRunTable', 'programs come and go'],
  ['1.3.6.1.2.1.25.5.1.1', 'HOST-RESOURCES-MIB', 'hrSWRunPerfTable', 'programs come and go'],
  ['1.3.6.1.2.1.25.6.3.1', 'HOST-RESOURCES-MIB', 'hrSWInstalledTable', 'packages are no metric'],
  ['1.3.6.1.2.1.31.1.2.1', 'IF-MIB', 'ifStackTable', 'it says how interfaces are built'],
  ['1.3.6.1.2.1.31.1.4.1', 'IF-MIB', 'ifRcvAddressTable', 'addresses are no metric'],
  ['1.0.8802.1.1.2.1.4.1.1', 'LLDP-MIB', 'lldpRemTable', 'neighbours are no metric'],
];

/** Subtrees in which nothing is for polling: users, traps and counts of the agent itself, and what net-snmp says of itself. */
export const AGENT_SETTINGS = ['1.3.6.1.6.3', '1.3.6.1.2.1.11', '1.3.6.1.4.1.8072'] as const;

/** MIBs of which the templates of the product poll what a person looks at. */
export const COVERED_MIBS: ReadonlySet<string> = new Set([
  'IF-MIB',
  'HOST-RESOURCES-MIB',
  'ENTITY-MIB',
  'ENTITY-SENSOR-MIB',
  'ENTITY-STATE-MIB',
  'EtherLike-MIB',
]);

/** The tables of the standard MIBs, by the OID of their entry. */
export const STANDARD_TABLES: ReadonlyMap<string, StandardTable> = new Map([
  ...TABLES.trim()
    .split('\n')
    .map((line): [string, StandardTable] => {
      const [mib = '', name = '', entry = '', ...columns] = line.split(' ');
      return [entry, { mib, name, entry, columns: new Map(columns.map(readColumn)), leftOut: '' }];
    }),
  ...LEFT_OUT.map(([entry, mib, name, leftOut]): [string, StandardTable] => [
    entry,
    { mib, name, entry, columns: new Map(), leftOut },
  ]),
]);

function readColumn(text: string): [number, StandardColumn] {
  const [, digits = '', mark = '', name = ''] = /^(\d+)([!#~"]?)(\w+)$/.exec(text) ?? [];
  return [Number(digits), { name, role: ROLES[mark] }];
}
