/** Own metrics of a manager: plain rising counts, read at any time. */
export interface SnmpCounters {
  /** Datagrams sent, repeats included. */
  sent: number;
  /** Datagrams received, dropped ones included. */
  received: number;
  /** Varbinds accepted. */
  varbinds: number;
  bytesSent: number;
  bytesReceived: number;
  /** Requests sent again after silence. */
  retries: number;
  /** Requests given up after the last repeat. */
  timeouts: number;
  /** Replies with fewer varbinds than asked, whose rest was asked again. */
  cutReplies: number;
  /** Requests answered with tooBig and asked again with fewer varbinds. */
  tooBig: number;
  /** Datagrams that are not an SNMP message, or a damaged one. */
  droppedMalformed: number;
  /** Replies to no request in flight: wrong id, late or doubled. */
  droppedUnknownId: number;
  /** Replies from another address or port than the one asked. */
  droppedWrongSource: number;
  droppedWrongVersion: number;
  /** Replies with another community, or (v3) user or engine, than the request. */
  droppedWrongCommunity: number;
  /** SNMPv3 replies whose digest, security level or time is wrong. */
  droppedUnauthentic: number;
}

export function createSnmpCounters(): SnmpCounters {
  return {
    sent: 0,
    received: 0,
    varbinds: 0,
    bytesSent: 0,
    bytesReceived: 0,
    retries: 0,
    timeouts: 0,
    cutReplies: 0,
    tooBig: 0,
    droppedMalformed: 0,
    droppedUnknownId: 0,
    droppedWrongSource: 0,
    droppedWrongVersion: 0,
    droppedWrongCommunity: 0,
    droppedUnauthentic: 0,
  };
}
