const VIDEO: MediaTrackConstraints = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };

export interface LocalTracks {
  audio?: MediaStreamTrack;
  video?: MediaStreamTrack;
}

/** Opens camera and microphone, or whichever of them there is and may be used. */
export async function openLocalTracks(onMissing: (message: string) => void): Promise<LocalTracks> {
  if (!navigator.mediaDevices) {
    onMissing('Camera and microphone need an https address');
    return {};
  }
  try {
    // Asked for together, so that the browser asks the user once.
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: VIDEO });
    return { audio: stream.getAudioTracks()[0], video: stream.getVideoTracks()[0] };
  } catch {
    return {
      audio: await openTrack({ audio: true }).catch(() => reportMissing('No microphone')),
      video: await openCamera().catch(() => reportMissing('No camera')),
    };
  }

  function reportMissing(message: string): undefined {
    onMissing(message);
  }
}

export function openCamera(): Promise<MediaStreamTrack> {
  return openTrack({ video: VIDEO });
}

async function openTrack(constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
  return (await navigator.mediaDevices.getUserMedia(constraints)).getTracks()[0]!;
}
