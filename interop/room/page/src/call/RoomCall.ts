import { randomId, type PageAddress } from '../address';
import { CLOSED_FOR_GOOD, ProtooSocket } from '../signalling/ProtooSocket';
import { MediaSession, type ConsumerOffer } from './MediaSession';
import { openCamera, openLocalTracks, type LocalTracks } from './localMedia';
import type { PeerInfo, RoomView } from './RoomView';

const RETRY_DELAYS_SECONDS = [1, 2, 4, 8, 8, 8, 8, 8, 8, 8];

/** Takes part in one room: joins, sends and receives, and comes back by itself when the connection is lost. */
export class RoomCall {
  readonly peerId = randomId(8);
  #socket?: ProtooSocket;
  #session?: MediaSession;
  #tracks: LocalTracks = {};
  #muted = false;
  #left = false;
  #peers = new Set<string>();

  constructor(
    private readonly address: PageAddress,
    private readonly displayName: string,
    private readonly view: RoomView,
  ) {}

  get session() {
    return this.#session;
  }

  get hasCamera() {
    return this.#tracks.video !== undefined;
  }

  get hasMicrophone() {
    return this.#tracks.audio !== undefined;
  }

  /** Asks for camera and microphone. To be called once, before `run`. */
  async openMedia() {
    this.view.connectionChanged('connecting');
    this.#tracks = await openLocalTracks((message) => this.view.failed(message));
  }

  /** Resolves when the call is over. */
  async run() {
    this.view.peerJoined({ id: this.peerId, displayName: this.displayName });
    this.#ownTracks().forEach((track) => this.view.trackAdded(this.peerId, track));

    let reason: string | undefined;
    try {
      while (!this.#left && (await this.#connectOnce()) !== CLOSED_FOR_GOOD) {
        if (!this.#left) {
          this.view.connectionChanged('reconnecting');
        }
      }
      reason = this.#left ? undefined : 'The room closed the connection';
    } catch (error) {
      reason = this.#left ? undefined : messageOf(error);
      this.#forgetSession();
    }
    this.#ownTracks().forEach((track) => track.stop());
    this.view.ended(reason);
  }

  leave() {
    this.#left = true;
    this.#socket?.close();
  }

  async setMicrophone(on: boolean) {
    this.#muted = !on;
    this.view.trackPaused(this.peerId, 'audio', !on);
    await this.#session?.setPaused('audio', !on);
  }

  /** Off lets go of the camera, so that its light goes out too. */
  async setCamera(on: boolean) {
    const old = this.#tracks.video;
    if (on && !old) {
      const track = await openCamera();
      this.#tracks.video = track;
      this.view.trackAdded(this.peerId, track);
      await this.#session?.produce(track, this.address.videoCodec);
    } else if (!on && old) {
      this.#tracks.video = undefined;
      this.view.trackRemoved(this.peerId, old);
      old.stop();
      await this.#session?.stopProducing('video');
    }
  }

  /** A request of this protocol to the server, such as `getConsumerStats`. */
  request(method: string, data: object): Promise<any> {
    return this.#socket ? this.#socket.request(method, data) : Promise.reject(new Error('not connected'));
  }

  /** One connection from opening to close; answers the close code. Rejects when the server stays out of reach. */
  async #connectOnce(): Promise<number> {
    const socket = await this.#openSocket();
    this.#socket = socket;
    if (this.#left) {
      socket.close();
    }
    try {
      await this.#join(socket);
    } catch (error) {
      // When the connection broke meanwhile, the caller tries again; anything else would only happen again.
      if (socket.isOpen) {
        socket.close();
        throw error;
      }
    }
    const code = await socket.closed;
    this.#forgetSession();
    return code;
  }

  #forgetSession() {
    this.#session?.close();
    this.#session = undefined;
    for (const peerId of this.#peers) {
      this.view.peerLeft(peerId);
    }
    this.#peers.clear();
  }

  async #openSocket(): Promise<ProtooSocket> {
    const { protocol, host } = location;
    const query = new URLSearchParams({ roomId: this.address.roomId, peerId: this.peerId });
    const url = `${protocol.replace('http', 'ws')}//${host}/?${query}`;
    for (const delay of [...RETRY_DELAYS_SECONDS, undefined]) {
      try {
        return await ProtooSocket.open(url, (...request) => this.#serve(...request), (...note) => this.#hear(...note));
      } catch (error) {
        if (delay === undefined || this.#left) {
          throw error;
        }
        this.view.failed(`${messageOf(error)}; trying again in ${delay} s`);
        await new Promise((resolve) => setTimeout(resolve, delay * 1000));
      }
    }
    throw new Error('unreachable');
  }

  async #join(socket: ProtooSocket) {
    const session = await MediaSession.create(socket, () => this.#onTransportState());
    this.#session = session;
    const { peers } = await socket.request('join', {
      displayName: this.displayName,
      device: { flag: 'bisque', name: session.device.handlerName, version: '1' },
      rtpCapabilities: session.device.recvRtpCapabilities,
    });
    peers.forEach((peer: PeerInfo) => this.#addPeer(peer));
    if (this.#ownTracks().length === 0 && peers.length === 0) {
      // Nothing to send nor to receive yet: the transports stay unused, and that is as connected as it gets.
      this.view.connectionChanged('connected');
    }
    for (const track of this.#ownTracks()) {
      await this.#send(session, track);
    }
    if (this.#muted) {
      await session.setPaused('audio', true);
    }
  }

  /** Sending can fail for one track (a codec that the browser lacks) and the call still be worth having. */
  async #send(session: MediaSession, track: MediaStreamTrack) {
    try {
      await session.produce(track, this.address.videoCodec);
    } catch (error) {
      this.view.failed(`Cannot send ${track.kind}: ${messageOf(error)}`);
    }
  }

  #onTransportState() {
    const state = this.#session?.connectionState;
    if (state === 'connected' || state === 'connecting') {
      this.view.connectionChanged(state);
    } else if (state === 'failed' || state === 'disconnected') {
      this.view.connectionChanged('disconnected');
    }
  }

  async #serve(method: string, data: any) {
    if (method !== 'newConsumer' || !this.#session) {
      throw new Error(`cannot serve ${method}`);
    }
    const offer = data as ConsumerOffer;
    const { track } = await this.#session.consume(offer);
    this.view.trackAdded(offer.peerId, track);
    this.view.trackPaused(offer.peerId, offer.kind, offer.producerPaused);
  }

  #hear(method: string, data: any) {
    switch (method) {
      case 'newPeer':
        return this.#addPeer(data);
      case 'peerClosed':
        this.#peers.delete(data.peerId);
        return this.view.peerLeft(data.peerId);
      case 'peerDisplayNameChanged':
        return this.view.peerRenamed(data.peerId, data.displayName);
      case 'activeSpeaker':
        return this.view.speakerChanged(data.peerId);
      case 'consumerPaused':
      case 'consumerResumed': {
        const entry = this.#session?.consumers.get(data.consumerId);
        return entry && this.view.trackPaused(entry.peerId, entry.consumer.kind, method === 'consumerPaused');
      }
      case 'consumerClosed': {
        const entry = this.#session?.closeConsumer(data.consumerId);
        return entry && this.view.trackRemoved(entry.peerId, entry.consumer.track);
      }
      // Scores and layers are not shown by this page.
    }
  }

  #addPeer(peer: PeerInfo) {
    this.#peers.add(peer.id);
    this.view.peerJoined(peer);
  }

  #ownTracks() {
    return [this.#tracks.audio, this.#tracks.video].filter((track) => track !== undefined);
  }
}

function messageOf(error: unknown) {
  return error instanceof Error ? error.message : String(error);
}
