// Lets the npm package read every message that we write and write it anew, and lets us read that.
//
// node cross-check.mjs <folder of the npm package mediasoup> <Bisque.Channel.Tests executable>
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [mediasoup, tests] = process.argv.slice(2);
if (!mediasoup || !tests) {
  console.error('usage: node cross-check.mjs <folder of the npm package mediasoup> <Bisque.Channel.Tests executable>');
  process.exit(2);
}

const required = createRequire(join(resolve(mediasoup), 'package.json'));
const flatbuffers = required('flatbuffers');
const { Message } = required('./node/lib/fbs/message/message.js');
const folder = mkdtempSync(join(tmpdir(), 'bisque-frames-'));
try {
  half('Frames_are_written_for_the_package');
  const frames = readdirSync(folder);
  for (const name of frames) {
    const message = Message.getRootAsMessage(new flatbuffers.ByteBuffer(readFileSync(join(folder, name)))).unpack();
    const builder = new flatbuffers.Builder(1024);
    builder.finish(message.pack(builder));
    writeFileSync(join(folder, name.replace('.ours', '.theirs')), builder.asUint8Array());
  }

  half('Frames_of_the_package_say_the_same');
  console.log(`${frames.length} messages agree`);
} finally {
  rmSync(folder, { recursive: true });
}

function half(method) {
  execFileSync(tests, ['-explicit', 'only', '-method', `*.${method}`], { env: { ...process.env, BISQUE_FRAMES: folder }, stdio: ['ignore', 'inherit', 'inherit'] });
}
