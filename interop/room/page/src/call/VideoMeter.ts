/** What is worth knowing about one video at a glance. */
export interface VideoFigures {
  width: number;
  height: number;
  framesPerSecond: number;
  kilobitsPerSecond: number;
}

/** Turns the browser's running totals for one sender or receiver into figures per second. */
export class VideoMeter {
  #last?: { timestamp: number; bytes: number };

  measure(report: RTCStatsReport): VideoFigures | undefined {
    // Statistics are objects of many shapes; the two that count frames are told apart by their type.
    for (const stats of report.values() as Iterable<any>) {
      if ((stats.type === 'inbound-rtp' || stats.type === 'outbound-rtp') && stats.kind === 'video') {
        return this.#figures(stats);
      }
    }
    return undefined;
  }

  #figures(stats: any): VideoFigures | undefined {
    const now = { timestamp: stats.timestamp, bytes: stats.bytesReceived ?? stats.bytesSent };
    const last = this.#last;
    this.#last = now;
    if (!last || !stats.frameWidth || now.timestamp <= last.timestamp) {
      return undefined;
    }
    return {
      width: stats.frameWidth,
      height: stats.frameHeight,
      framesPerSecond: Math.round(stats.framesPerSecond ?? 0),
      // Bytes times eight over milliseconds is kilobits per second.
      kilobitsPerSecond: Math.round(((now.bytes - last.bytes) * 8) / (now.timestamp - last.timestamp)),
    };
  }
}
