import { existsSync, readFileSync } from 'node:fs';

/** What Linux tells of its UDP sockets, by local port. */
const TABLES = ['/proc/net/udp', '/proc/net/udp6'].filter((path) => existsSync(path));

/** Whether anybody listens on a UDP port: what is sent before is lost. @param {number} port */
export function isOpen(port) {
  return TABLES.length === 0 || sockets().some((socket) => socket.port === port);
}

/** How many bytes lie in the receive buffers of UDP ports, sent but not read yet. @param {number[]} ports */
export function unread(...ports) {
  return sockets().reduce((bytes, socket) => bytes + (ports.includes(socket.port) ? socket.unread : 0), 0);
}

/** How many datagrams the kernel has dropped because nobody read them in time: on an overloaded machine even loopback loses packets. */
export function dropped() {
  if (!existsSync('/proc/net/snmp6')) {
    return 0;
  }
  const [names, values] = readFileSync('/proc/net/snmp', 'latin1').split('\n').filter((line) => line.startsWith('Udp: ')).map((line) => line.split(' '));
  const v6 = /Udp6RcvbufErrors\s+(\d+)/.exec(readFileSync('/proc/net/snmp6', 'latin1'))?.[1];
  return Number(values[names.indexOf('RcvbufErrors')]) + Number(v6 ?? 0);
}

function sockets() {
  const lines = TABLES.flatMap((path) => readFileSync(path, 'latin1').trim().split('\n').slice(1));
  return lines.map((line) => {
    const [, local, , , queues] = line.trim().split(/\s+/);
    return { port: Number.parseInt(local.split(':')[1], 16), unread: Number.parseInt(queues.split(':')[1], 16) };
  });
}
