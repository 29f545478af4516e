// Makes docs/room.png: the page as one of two participants sees it.

import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TwoPartyCall } from './TwoPartyCall.mjs';

const TARGET = fileURLToPath(new URL('../../docs/room.png', import.meta.url));

const call = await TwoPartyCall.start();
try {
  const [ada] = call.participants;
  await ada.page.setViewport({ width: 1280, height: 720 });
  // Not the start of the call, when the picture is still coarse.
  await call.measure(5);
  await ada.shows('.tile:not(.own) .figures:not(:empty)');
  await mkdir(dirname(TARGET), { recursive: true });
  await ada.page.screenshot({ path: TARGET });
  console.log(TARGET);
} finally {
  await call.close();
}
