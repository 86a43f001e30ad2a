/**
 * Makes the three sounds of the station and writes them to `resources/sounds`: `node native/os/sounds/make-sounds.ts`.
 * They differ in pitch, rhythm and length, so that they are told apart by ear alone and by people who hear high tones badly.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Samples a second; everything here stays below 2.5 kHz. */
export const sampleRate = 16_000;

export type SoundName = 'life' | 'attention' | 'note';

/** A stretch of tone gliding from one pitch to another, or silence where both are 0. */
interface Stretch {
  readonly fromHz: number;
  readonly toHz: number;
  readonly ms: number;
}

const silence = (ms: number): Stretch => ({ fromHz: 0, toHz: 0, ms });

/** Life: a wail up and down that loops without a seam. Attention: two equal knocks of two tones. Note: one short soft tone. */
const scores: Readonly<Record<SoundName, { readonly loudness: number; readonly stretches: readonly Stretch[] }>> = {
  life: {
    loudness: 0.9,
    stretches: [
      { fromHz: 600, toHz: 1200, ms: 500 },
      { fromHz: 1200, toHz: 600, ms: 500 },
      { fromHz: 600, toHz: 1200, ms: 500 },
      { fromHz: 1200, toHz: 600, ms: 500 },
    ],
  },
  attention: {
    loudness: 0.7,
    stretches: [
      { fromHz: 880, toHz: 880, ms: 180 },
      { fromHz: 660, toHz: 660, ms: 220 },
      silence(160),
      { fromHz: 880, toHz: 880, ms: 180 },
      { fromHz: 660, toHz: 660, ms: 220 },
      silence(140),
    ],
  },
  note: { loudness: 0.45, stretches: [{ fromHz: 520, toHz: 520, ms: 220 }, silence(80)] },
};

/** Soft edges of 8 ms, so that nothing clicks. */
const edgeSeconds = 0.008;

const samplesOf = ({ fromHz, toHz, ms }: Stretch, loudness: number): readonly number[] => {
  const count = Math.round((ms / 1000) * sampleRate);
  let phase = 0;
  return Array.from({ length: count }, (_, index) => {
    const hz = fromHz + ((toHz - fromHz) * index) / count;
    phase += (2 * Math.PI * hz) / sampleRate;
    if (hz === 0) return 0;
    const edge = Math.min(1, index / (edgeSeconds * sampleRate), (count - 1 - index) / (edgeSeconds * sampleRate));
    // The third harmonic carries through small loudspeakers.
    return Math.round(32_767 * loudness * edge * (0.8 * Math.sin(phase) + 0.2 * Math.sin(3 * phase)));
  });
};

/** A WAV file: PCM, 16 bits, one channel. */
export const makeSound = (name: SoundName): Buffer => {
  const { loudness, stretches } = scores[name];
  const samples = stretches.flatMap((stretch) => samplesOf(stretch, loudness));
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + samples.length * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples.length * 2, 40);
  for (const [index, sample] of samples.entries()) file.writeInt16LE(sample, 44 + index * 2);
  return file;
};

if (import.meta.main) {
  const folder = path.resolve(import.meta.dirname, '../../../resources/sounds');
  mkdirSync(folder, { recursive: true });
  for (const name of ['life', 'attention', 'note'] as const) {
    const sound = makeSound(name);
    writeFileSync(path.join(folder, `${name}.wav`), sound);
    console.log(`${name}.wav ${sound.length} bytes`);
  }
}
