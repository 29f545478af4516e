/** What the page's own address says: which room, and how to take part in it. */
export interface PageAddress {
  roomId: string;
  /** Remembered in the address by whoever wants to skip typing it. */
  name: string;
  videoCodec: 'vp8' | 'h264';
}

/** Reads the address, and gives it a room when it names none, so that it can be shared as it is. */
export function readPageAddress(): PageAddress {
  const url = new URL(location.href);
  let roomId = url.searchParams.get('room') ?? '';
  if (!roomId) {
    roomId = randomId(8);
    url.searchParams.set('room', roomId);
    history.replaceState(null, '', url);
  }
  return {
    roomId,
    name: url.searchParams.get('name') ?? '',
    videoCodec: url.searchParams.get('codec')?.toLowerCase() === 'h264' ? 'h264' : 'vp8',
  };
}

/** The link for others: the room, without what is only about this participant. */
export function shareableLink(): string {
  const url = new URL(location.href);
  url.searchParams.delete('name');
  return url.href;
}

export function randomId(length: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => letters[byte % letters.length]).join('');
}
