// @ts-nocheck: runs in the browser, bundled by the tests; the types of both sides meet in BrowserPeer.mjs.
import { Device } from 'mediasoup-client';

/** One mediasoup-client in a page. `controller(method, data)` is a function that the test exposes. */
class Peer {
  transports = new Map();
  producers = new Map();
  consumers = new Map();

  async load(routerRtpCapabilities, camera) {
    // Only a page that may use a camera is shown the network interfaces, loopback among them.
    this.camera = await navigator.mediaDevices.getUserMedia({ video: camera });
    this.device = await Device.factory();
    await this.device.load({ routerRtpCapabilities });
    return this.device.recvRtpCapabilities ?? this.device.rtpCapabilities;
  }

  createTransport(direction, options) {
    const transport = direction === 'send' ? this.device.createSendTransport(options) : this.device.createRecvTransport(options);
    this.transports.set(transport.id, transport);
    const ask = (method, data) => window.controller(method, transport.id, data);
    transport.on('connect', (data, done, failed) => ask('connect', data.dtlsParameters).then(done, failed));
    transport.on('produce', (data, done, failed) => ask('produce', data).then((id) => done({ id }), failed));
  }

  async produce(transportId, kind, { held, ...options }) {
    const track = kind === 'audio' ? this.tone() : this.camera.getVideoTracks()[0].clone();
    const encodings = held ? { encodings: [{ active: false }] } : {};
    const producer = await this.transports.get(transportId).produce({ track, ...encodings, ...options });
    this.producers.set(producer.id, producer);
    return producer.id;
  }

  async release(producerId) {
    await this.producers.get(producerId).setRtpEncodingParameters({ active: true });
  }

  /** A tone that comes and goes four times a second as syllables do (a steady one is noise to an observer of speakers), as loud as speak() says. */
  tone() {
    this.audio = new AudioContext();
    const syllables = new GainNode(this.audio, { gain: 0.5 });
    const rhythm = new OscillatorNode(this.audio, { frequency: 4 });
    const depth = new GainNode(this.audio, { gain: 0.5 });
    this.voice = new GainNode(this.audio, { gain: 0.5 });
    const oscillator = new OscillatorNode(this.audio, { frequency: 300 });
    const output = this.audio.createMediaStreamDestination();
    rhythm.connect(depth).connect(syllables.gain);
    oscillator.connect(syllables).connect(this.voice).connect(output);
    rhythm.start();
    oscillator.start();
    void this.audio.resume();
    return output.stream.getAudioTracks()[0];
  }

  speak(loudness) {
    this.voice.gain.value = loudness;
  }

  async consume(transportId, options) {
    const consumer = await this.transports.get(transportId).consume(options);
    this.consumers.set(consumer.id, consumer);
    // Browsers decode what somebody looks at, and measure the sound that is played.
    const element = document.body.appendChild(document.createElement(consumer.kind));
    element.srcObject = new MediaStream([consumer.track]);
    // Not waited for: nothing plays before the consumer is resumed.
    element.play().catch(() => {});
  }

  async stats(kind, id) {
    const of = { producer: this.producers, consumer: this.consumers, transport: this.transports }[kind].get(id);
    return [...(await of.getStats()).values()];
  }

  /** The producer stays, and sends nothing. */
  async silence(producerId) {
    await this.producers.get(producerId).replaceTrack({ track: null });
  }

  async restartIce(transportId, iceParameters) {
    await this.transports.get(transportId).restartIce({ iceParameters });
  }
}

window.peer = new Peer();
