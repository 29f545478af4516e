const PATHS = {
  microphone: 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5 11v1a7 7 0 0 0 14 0v-1M12 19v3',
  camera: 'M3 7h12v10H3ZM15 11l6-4v10l-6-4',
  leave: 'M3 14c5-6 13-6 18 0l-3 3-4-2v-3M10 12v3l-4 2-3-3',
  strike: 'M4 4l16 16',
};

/** A line drawing, struck through when what it stands for is off. */
export function icon(name: 'microphone' | 'camera' | 'leave', off = false): string {
  const path = off ? PATHS[name] + PATHS.strike : PATHS[name];
  return `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
}
