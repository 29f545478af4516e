import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

const USUAL_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** @returns {string | undefined} a Firefox to drive: the one that FIREFOX names, or one in a usual place */
export function findFirefox() {
  return [process.env.FIREFOX, ...USUAL_PLACES].find((path) => path && existsSync(path));
}

/** Starts a headless Firefox, driven over WebDriver BiDi, with a fake camera and microphone. Its profile is temporary and goes with it. */
export async function launchFirefox() {
  const executablePath = findFirefox();
  if (!executablePath) {
    throw new Error('no Firefox found: install it, or set FIREFOX to its path');
  }
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'permissions.default.camera': 1,
      'permissions.default.microphone': 1,
      'media.autoplay.default': 0,
      // Without these Firefox neither uses 127.0.0.1 nor offers it to a page without camera permission.
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      // Nothing here is worth a download.
      'media.gmp-manager.updateEnabled': false,
      'app.update.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
    },
  });
}
