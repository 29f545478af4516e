import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { LOOPBACK } from './Controller.mjs';
import { RtpCount } from './RtpCount.mjs';
import { unread } from './udpPorts.mjs';

/**
 * Stands between a program and a PlainTransport, and counts both directions.
 *
 * To the program it looks like a peer with a port for RTP and one for RTCP. To the worker it speaks from one port when the transport
 * multiplexes (RFC 5761), which neither ffmpeg nor gst-launch does by itself, and from two when it does not.
 */
export class PlainTap {
  fromProgram = new RtpCount();
  fromWorker = new RtpCount();
  /** What the program took, decrypted, where it sends a copy. */
  clear = new RtpCount();

  /**
   * @param {import('mediasoup').types.PlainTransport} transport
   * @param {{ program?: { port: number, rtcpPort: number } }} [options] where a receiving program listens; a sending one is learnt
   */
  static async open(transport, { program } = {}) {
    const multiplexed = transport.rtcpTuple === undefined;
    const outer = await bind();
    const sockets = {
      outer,
      outerRtcp: multiplexed ? outer : await bind(),
      inner: await bind(),
      innerRtcp: await bind(),
      clear: await bind(),
    };
    return new PlainTap(transport, sockets, program);
  }

  /**
   * @param {import('mediasoup').types.PlainTransport} transport
   * @param {Record<'outer' | 'outerRtcp' | 'inner' | 'innerRtcp' | 'clear', import('node:dgram').Socket>} sockets
   * @param {{ port: number, rtcpPort: number } | undefined} program
   */
  constructor(transport, sockets, program) {
    this.sockets = sockets;
    const workerPort = transport.tuple.localPort;
    const workerRtcpPort = transport.rtcpTuple?.localPort ?? workerPort;
    let rtcpPort = program?.rtcpPort;
    sockets.inner.on('message', (datagram) => {
      this.fromProgram.add(datagram);
      sockets.outer.send(datagram, workerPort, LOOPBACK);
    });
    sockets.innerRtcp.on('message', (datagram, { port }) => {
      this.fromProgram.add(datagram);
      rtcpPort ??= port;
      sockets.outerRtcp.send(datagram, workerRtcpPort, LOOPBACK);
    });
    sockets.clear.on('message', (datagram) => this.clear.add(datagram));
    for (const socket of new Set([sockets.outer, sockets.outerRtcp])) {
      socket.on('message', (datagram) => {
        this.fromWorker.add(datagram);
        const isRtcp = datagram[1] >= 192 && datagram[1] <= 223;
        if (isRtcp && rtcpPort) {
          sockets.innerRtcp.send(datagram, rtcpPort, LOOPBACK);
        } else if (program && !isRtcp) {
          sockets.inner.send(datagram, program.port, LOOPBACK);
        }
      });
    }
  }

  /** Where a program sends RTP to. */
  get port() {
    return this.sockets.inner.address().port;
  }

  /** Where a program sends RTCP to. */
  get rtcpPort() {
    return this.sockets.innerRtcp.address().port;
  }

  /** Where a program sends a copy of what it took. */
  get clearPort() {
    return this.sockets.clear.address().port;
  }

  /** What the transport's connect() is told about this side. */
  get remote() {
    const { outer, outerRtcp } = this.sockets;
    return { ip: LOOPBACK, port: outer.address().port, ...(outer === outerRtcp ? {} : { rtcpPort: outerRtcp.address().port }) };
  }

  /** Whether everything that was sent to it is counted. */
  get hasReadAll() {
    return unread(...new Set(Object.values(this.sockets).map((socket) => socket.address().port))) === 0;
  }

  close() {
    for (const socket of new Set(Object.values(this.sockets))) {
      socket.close();
    }
  }
}

async function bind() {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20, sendBufferSize: 1 << 20 });
  // A program that is gone already: for UDP that is one more lost datagram.
  socket.on('error', () => {});
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  return socket;
}

/** Two neighbouring ports nobody has now, for a program that takes RTP on the even one and RTCP on the next. */
export async function freePorts() {
  for (;;) {
    const first = await bind();
    const { port } = first.address();
    first.close();
    if (port % 2 === 0) {
      const second = createSocket('udp4');
      const free = await new Promise((resolve) => second.once('error', () => resolve(false)).bind(port + 1, LOOPBACK, () => resolve(true)));
      second.close();
      if (free) {
        return { port, rtcpPort: port + 1 };
      }
    }
  }
}
