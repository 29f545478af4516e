import { Device } from 'mediasoup-client';
import type { Consumer, Producer, Transport } from 'mediasoup-client/types';
import type { ProtooSocket } from '../signalling/ProtooSocket';

/** An offer of the server to receive one producer of another peer. */
export interface ConsumerOffer {
  id: string;
  peerId: string;
  producerId: string;
  kind: 'audio' | 'video';
  rtpParameters: any;
  producerPaused: boolean;
  appData: { share?: boolean };
}

/** The media side of one connection to a room: a transport to send, one to receive, and what flows on them. */
export class MediaSession {
  readonly producers = new Map<'audio' | 'video', Producer>();
  readonly consumers = new Map<string, { consumer: Consumer; peerId: string }>();

  static async create(socket: ProtooSocket, onState: () => void): Promise<MediaSession> {
    const device = await Device.factory();
    await device.load({ routerRtpCapabilities: await socket.request('getRouterRtpCapabilities') });

    const create = (direction: { producing: boolean; consuming: boolean }) =>
      socket.request('createWebRtcTransport', { forceTcp: false, ...direction });
    const sending = device.createSendTransport(await create({ producing: true, consuming: false }));
    const receiving = device.createRecvTransport(await create({ producing: false, consuming: true }));

    for (const transport of [sending, receiving]) {
      transport.on('connect', ({ dtlsParameters }, done, fail) => {
        socket.request('connectWebRtcTransport', { transportId: transport.id, dtlsParameters }).then(done, fail);
      });
      transport.on('connectionstatechange', onState);
    }
    sending.on('produce', ({ kind, rtpParameters }, done, fail) => {
      socket.request('produce', { transportId: sending.id, kind, rtpParameters, appData: {} }).then(done, fail);
    });
    return new MediaSession(socket, device, sending, receiving);
  }

  private constructor(
    private readonly socket: ProtooSocket,
    readonly device: Device,
    private readonly sending: Transport,
    private readonly receiving: Transport,
  ) {}

  /** The worse of the two transports' states, of those that are in use. */
  get connectionState() {
    const states = [this.sending, this.receiving].map((transport) => transport.connectionState);
    const order = ['failed', 'disconnected', 'connecting', 'connected'] as const;
    return order.find((state) => states.includes(state)) ?? 'new';
  }

  async produce(track: MediaStreamTrack, videoCodec: 'vp8' | 'h264') {
    const kind = track.kind as 'audio' | 'video';
    if (!this.device.canProduce(kind)) {
      throw new Error(`this browser cannot send ${kind} that the room understands`);
    }
    const producer = await this.sending.produce({
      track,
      // The track belongs to the call, which outlives the session when the connection is lost.
      stopTracks: false,
      ...(kind === 'audio'
        ? { codecOptions: { opusDtx: true } }
        : { codec: this.#codec(videoCodec), codecOptions: { videoGoogleStartBitrate: 1000 } }),
    });
    this.producers.set(kind, producer);
  }

  /** Stops sending for good: for a camera that is switched off. */
  async stopProducing(kind: 'audio' | 'video') {
    const producer = this.producers.get(kind);
    if (producer) {
      this.producers.delete(kind);
      producer.close();
      await this.socket.request('closeProducer', { producerId: producer.id });
    }
  }

  async setPaused(kind: 'audio' | 'video', paused: boolean) {
    const producer = this.producers.get(kind);
    if (!producer) {
      return;
    }
    if (paused) {
      producer.pause();
    } else {
      producer.resume();
    }
    await this.socket.request(paused ? 'pauseProducer' : 'resumeProducer', { producerId: producer.id });
  }

  async consume({ id, peerId, producerId, kind, rtpParameters, appData }: ConsumerOffer): Promise<Consumer> {
    // One stream id for a peer's camera and microphone lets the browser keep lips and voice together.
    const streamId = `${peerId}-${appData.share ? 'share' : 'camera'}`;
    const consumer = await this.receiving.consume({ id, producerId, kind, rtpParameters, streamId });
    this.consumers.set(id, { consumer, peerId });
    return consumer;
  }

  /** Forgets a consumer that the server has closed. */
  closeConsumer(id: string) {
    const entry = this.consumers.get(id);
    this.consumers.delete(id);
    entry?.consumer.close();
    return entry;
  }

  close() {
    this.sending.close();
    this.receiving.close();
  }

  #codec(name: string) {
    const mimeType = `video/${name}`;
    const codec = this.device.sendRtpCapabilities.codecs?.find((candidate) => candidate.mimeType.toLowerCase() === mimeType);
    if (!codec) {
      throw new Error(`this browser cannot send ${name}`);
    }
    return codec;
  }
}
