import { RoomServer } from '../room/server/RoomServer.mjs';
import { workerFrom } from '../room/server/options.mjs';
import { launchBrowser } from '../tools/browser.mjs';
import { countFrames } from './frames.mjs';
import { Participant } from './Participant.mjs';

/** A room server with our worker, and two participants in one headless Chromium who see and hear each other. */
export class TwoPartyCall {
  /**
   * Resolves when both have decoded a picture of the other.
   *
   * @param {{ codec?: 'vp8' | 'h264', relays?: import('../room/server/UdpRelays.mjs').UdpRelays }} [options]
   */
  static async start({ codec = 'vp8', relays } = {}) {
    const call = new TwoPartyCall();
    try {
      call.server = await RoomServer.start({
        host: '127.0.0.1',
        port: 0,
        secure: false,
        iceAddresses: ['127.0.0.1'],
        workerBin: call.workerBin,
        relays,
      });
      call.browser = await launchBrowser();
      const url = `${call.server.url}?room=test&codec=${codec}`;
      for (const name of ['Ada', 'Grace']) {
        call.participants.push(await Participant.join(call.browser, url, name));
      }
      await Promise.all(call.participants.map((participant) => participant.seesAndHears()));
      return call;
    } catch (error) {
      await call.close();
      throw error;
    }
  }

  workerBin = workerFrom(process.env);
  /** @type {Participant[]} */ participants = [];
  /** @type {RoomServer | undefined} */ server;
  /** @type {import('../tools/browser.mjs').Browser | undefined} */ browser;

  /**
   * Watches the call for a while.
   *
   * @param {number} seconds
   * @returns what went each way: from the first participant to the second, and back
   */
  async measure(seconds) {
    const [first, second] = this.participants;
    const [ofFirst, ofSecond] = await Promise.all([first.record(seconds), second.record(seconds)]);
    return [
      countFrames(first.name, second.name, ofFirst, ofSecond),
      countFrames(second.name, first.name, ofSecond, ofFirst),
    ];
  }

  async close() {
    await this.browser?.close();
    await this.server?.close();
  }
}
