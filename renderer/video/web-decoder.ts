/** The decoder port over WebCodecs. Annex B needs no `description`: the parameter sets come with every key frame. */
import type { DecoderEvents, DecoderPort } from './channel.ts';

export const createWebDecoder = (events: DecoderEvents<VideoFrame>): DecoderPort => {
  const decoder = new VideoDecoder({ output: events.picture, error: (error) => events.failed(error.name) });
  decoder.addEventListener('dequeue', events.room);
  return {
    configure: (config, mode) =>
      decoder.configure({
        codec: config.codec,
        codedWidth: config.width,
        codedHeight: config.height,
        hardwareAcceleration: mode,
        optimizeForLatency: true,
      }),
    decode: ({ key, stampUs, data }) =>
      decoder.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: stampUs, data })),
    queueSize: () => decoder.decodeQueueSize,
    close: () => {
      if (decoder.state !== 'closed') decoder.close();
    },
  };
};
