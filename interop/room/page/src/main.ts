import { readPageAddress, shareableLink } from './address';
import { RoomCall } from './call/RoomCall';
import { CallScreen } from './ui/CallScreen';
import { icon } from './ui/icons';
import { toast } from './ui/toasts';

const FIGURES_EVERY_MS = 1_000;

const address = readPageAddress();
const lobby = byId('lobby');
const callScreen = byId('call');
const nameInput = byId<HTMLInputElement>('name');
const microphone = byId<HTMLButtonElement>('microphone');
const camera = byId<HTMLButtonElement>('camera');

byId('lobby-room').textContent = address.roomId;
byId('call-room').textContent = address.roomId;
nameInput.value = address.name || (localStorage.getItem('name') ?? '');
byId('leave').innerHTML = icon('leave');
byId('leave').title = 'Leave';

byId('join-form').addEventListener('submit', (event) => {
  event.preventDefault();
  localStorage.setItem('name', nameInput.value);
  void takePart(nameInput.value.trim() || 'Anonymous');
});

byId('copy-link').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(shareableLink());
    toast('Link copied', 'info');
  } catch {
    toast(shareableLink(), 'info');
  }
});

/** From joining to leaving. */
async function takePart(displayName: string) {
  lobby.hidden = true;
  callScreen.hidden = false;
  const screen = new CallScreen((reason) => reason && toast(reason));
  const call = new RoomCall(address, displayName, screen);
  // For the browser's console and the tests: `roomCall.session` has the producers and consumers.
  Object.assign(window, { roomCall: call });

  await call.openMedia();
  const controls = new AbortController();
  const { signal } = controls;
  bindSwitch(microphone, 'microphone', call.hasMicrophone, (on) => call.setMicrophone(on), signal);
  microphone.disabled = !call.hasMicrophone;
  bindSwitch(camera, 'camera', call.hasCamera, (on) => call.setCamera(on), signal);
  byId('leave').addEventListener('click', () => call.leave(), { signal });
  const figures = setInterval(() => void screen.showFigures(call.session).catch(() => {}), FIGURES_EVERY_MS);

  await call.run();

  clearInterval(figures);
  controls.abort();
  callScreen.hidden = true;
  lobby.hidden = false;
}

/** A button that is either on or off, and goes back when the change fails. */
function bindSwitch(
  button: HTMLButtonElement,
  name: 'microphone' | 'camera',
  initial: boolean,
  change: (on: boolean) => Promise<void>,
  signal: AbortSignal,
) {
  const show = (on: boolean) => {
    button.setAttribute('aria-pressed', String(on));
    button.title = `${name} ${on ? 'on' : 'off'}`;
    button.innerHTML = icon(name, !on);
  };
  show(initial);
  button.addEventListener(
    'click',
    async () => {
      const on = button.getAttribute('aria-pressed') !== 'true';
      button.disabled = true;
      show(on);
      try {
        await change(on);
      } catch (error) {
        show(!on);
        toast(error instanceof Error ? error.message : String(error));
      } finally {
        button.disabled = false;
      }
    },
    { signal },
  );
}

function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
