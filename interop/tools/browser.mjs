import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

/**
 * @typedef {import('puppeteer-core').Browser} Browser
 * @typedef {import('puppeteer-core').Page} Page
 */

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @returns {string | undefined} a Chromium to drive: the one that CHROMIUM names, or one in a usual place */
export function findChromium() {
  return [process.env.CHROMIUM, ...USUAL_PLACES].find((path) => path && existsSync(path));
}

/**
 * Starts a headless Chromium with a fake camera of 30 frames a second and a fake, beeping microphone.
 * Its profile is temporary and goes with it.
 */
export async function launchBrowser() {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error('no Chromium found: install it, or set CHROMIUM to its path');
  }
  return puppeteer.launch({
    executablePath,
    headless: true,
    args: [
      '--use-fake-ui-for-media-stream',
      // Without the rate the fake camera runs at 20.
      '--use-fake-device-for-media-stream=fps=30',
      // A machine may have no other network, and the room listens on loopback.
      '--allow-loopback-in-peer-connection',
      '--autoplay-policy=no-user-gesture-required',
      // The sandbox refuses to run as root, and CI is root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
