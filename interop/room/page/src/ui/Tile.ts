import type { VideoFigures } from '../call/VideoMeter';
import { icon } from './icons';

/** One participant on the stage: picture, sound, name and a line of figures. */
export class Tile {
  readonly element = document.createElement('article');
  readonly #stream = new MediaStream();
  readonly #video = document.createElement('video');
  readonly #initial = document.createElement('div');
  readonly #name = document.createElement('span');
  readonly #muted = document.createElement('span');
  readonly #figures = document.createElement('span');

  constructor(displayName: string, isOwn: boolean) {
    this.element.className = isOwn ? 'tile own' : 'tile';
    this.#video.autoplay = true;
    this.#video.playsInline = true;
    // Nobody wants to hear themselves.
    this.#video.muted = isOwn;
    this.#video.srcObject = this.#stream;

    this.#initial.className = 'initial';
    this.#name.className = 'name';
    this.#muted.className = 'muted';
    this.#muted.title = 'Microphone off';
    this.#muted.innerHTML = icon('microphone', true);
    this.#muted.hidden = true;
    this.#figures.className = 'figures';
    const label = document.createElement('div');
    label.className = 'label';
    label.append(this.#muted, this.#name, this.#figures);
    this.element.append(this.#initial, this.#video, label);
    this.rename(isOwn ? `${displayName} (you)` : displayName);
    this.#showPicture();
  }

  rename(displayName: string) {
    this.#name.textContent = displayName;
    this.#initial.textContent = [...displayName][0]?.toUpperCase() ?? '?';
  }

  addTrack(track: MediaStreamTrack) {
    this.#stream.addTrack(track);
    this.#showPicture();
  }

  removeTrack(track: MediaStreamTrack) {
    this.#stream.removeTrack(track);
    this.#showPicture();
  }

  setPaused(kind: 'audio' | 'video', paused: boolean) {
    if (kind === 'audio') {
      this.#muted.hidden = !paused;
    } else {
      this.element.classList.toggle('no-picture', paused);
    }
  }

  setSpeaking(speaking: boolean) {
    this.element.classList.toggle('speaking', speaking);
  }

  showFigures(figures: VideoFigures | undefined) {
    this.#figures.textContent = figures
      ? `${figures.width}×${figures.height} · ${figures.framesPerSecond} fps · ${figures.kilobitsPerSecond} kb/s`
      : '';
  }

  remove() {
    this.#video.srcObject = null;
    this.element.remove();
  }

  #showPicture() {
    this.element.classList.toggle('no-picture', this.#stream.getVideoTracks().length === 0);
  }
}
