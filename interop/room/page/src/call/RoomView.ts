export interface PeerInfo {
  id: string;
  displayName: string;
}

export type MediaKind = 'audio' | 'video';
export type Connection = 'connecting' | 'connected' | 'reconnecting' | 'disconnected';

/** What a call tells whoever shows it. */
export interface RoomView {
  connectionChanged(connection: Connection): void;
  peerJoined(peer: PeerInfo): void;
  peerRenamed(peerId: string, displayName: string): void;
  peerLeft(peerId: string): void;
  trackAdded(peerId: string, track: MediaStreamTrack): void;
  trackRemoved(peerId: string, track: MediaStreamTrack): void;
  /** The peer muted or unmuted what it sends. */
  trackPaused(peerId: string, kind: MediaKind, paused: boolean): void;
  speakerChanged(peerId: string | null): void;
  failed(message: string): void;
  /** The call is over, with a reason when it was not our own wish. */
  ended(reason?: string): void;
}
