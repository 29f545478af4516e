import type { MediaSession } from '../call/MediaSession';
import type { Connection, MediaKind, PeerInfo, RoomView } from '../call/RoomView';
import { VideoMeter } from '../call/VideoMeter';
import { Tile } from './Tile';
import { toast } from './toasts';

/** The stage and the connection badge: shows what a call reports. */
export class CallScreen implements RoomView {
  readonly #stage = document.getElementById('stage')!;
  readonly #badge = document.getElementById('connection')!;
  readonly #tiles = new Map<string, Tile>();
  /** One per sender or receiver, by the id of its producer or consumer. */
  readonly #meters = new Map<string, VideoMeter>();
  #ownId?: string;

  constructor(private readonly onEnded: (reason?: string) => void) {}

  connectionChanged(connection: Connection) {
    this.#badge.textContent = connection;
    this.#badge.dataset.state = connection;
  }

  /** The first one is ourselves. */
  peerJoined({ id, displayName }: PeerInfo) {
    const isOwn = (this.#ownId ??= id) === id;
    this.#tiles.get(id)?.remove();
    const tile = new Tile(displayName, isOwn);
    this.#tiles.set(id, tile);
    this.#stage.append(tile.element);
  }

  peerRenamed(peerId: string, displayName: string) {
    this.#tiles.get(peerId)?.rename(displayName);
  }

  peerLeft(peerId: string) {
    this.#tiles.get(peerId)?.remove();
    this.#tiles.delete(peerId);
  }

  trackAdded(peerId: string, track: MediaStreamTrack) {
    this.#tiles.get(peerId)?.addTrack(track);
  }

  trackRemoved(peerId: string, track: MediaStreamTrack) {
    this.#tiles.get(peerId)?.removeTrack(track);
  }

  trackPaused(peerId: string, kind: MediaKind, paused: boolean) {
    this.#tiles.get(peerId)?.setPaused(kind, paused);
  }

  speakerChanged(peerId: string | null) {
    for (const [id, tile] of this.#tiles) {
      tile.setSpeaking(id === peerId);
    }
  }

  failed(message: string) {
    toast(message);
  }

  ended(reason?: string) {
    for (const id of [...this.#tiles.keys()]) {
      this.peerLeft(id);
    }
    this.onEnded(reason);
  }

  /** Reads the browser's statistics and writes them on the tiles. */
  async showFigures(session: MediaSession | undefined) {
    const sent = session?.producers.get('video');
    const videos = [...(session?.consumers.values() ?? [])].filter(({ consumer }) => consumer.kind === 'video');
    await Promise.all([
      this.#showFiguresOf(this.#ownId, sent),
      ...videos.map(({ peerId, consumer }) => this.#showFiguresOf(peerId, consumer)),
    ]);
  }

  async #showFiguresOf(peerId?: string, source?: { id: string; closed: boolean; getStats(): Promise<RTCStatsReport> }) {
    const tile = peerId === undefined ? undefined : this.#tiles.get(peerId);
    if (!source || source.closed) {
      tile?.showFigures(undefined);
      return;
    }
    const meter = this.#meters.get(source.id) ?? new VideoMeter();
    this.#meters.set(source.id, meter);
    tile?.showFigures(meter.measure(await source.getStats()));
  }
}
