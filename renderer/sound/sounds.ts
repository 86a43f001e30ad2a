import { createListeners } from '../../electron/domain/kernel/listeners.ts';
import { useSyncExternalStore } from 'react';

/** The three sounds of a seat: `life` goes on until it is stopped, the others are heard once. */
export type SoundName = 'life' | 'attention' | 'done';

/** `off` while the browser lets no sound out before somebody has pressed something here. */
export type SoundState = 'on' | 'off';

export interface Sounds {
  readonly state: () => SoundState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Tries to let sound out; works from within a press of a key or a button. */
  readonly unlock: () => void;
  readonly play: (name: 'attention' | 'done') => void;
  /** Starts or stops the repeated sound of an alarm for life. */
  readonly life: (on: boolean) => void;
  readonly sounding: () => boolean;
  /** Whether what this seat says is said by this window: another one of the seat's may be the one that is heard. */
  readonly heardHere: () => boolean;
}

interface Tone {
  readonly hz: number;
  readonly atS: number;
  readonly forS: number;
}

/** Low to high and back, for seventy-year-old ears: nothing above 1.5 kHz. Seconds from the start. */
const tones: Readonly<Record<SoundName, readonly Tone[]>> = {
  life: [
    { hz: 880, atS: 0, forS: 0.28 },
    { hz: 660, atS: 0.3, forS: 0.28 },
    { hz: 880, atS: 0.6, forS: 0.28 },
    { hz: 660, atS: 0.9, forS: 0.4 },
  ],
  attention: [
    { hz: 587, atS: 0, forS: 0.16 },
    { hz: 784, atS: 0.2, forS: 0.28 },
  ],
  done: [{ hz: 523, atS: 0, forS: 0.12 }],
};
const LIFE_EVERY_MS = 2400;
const LOUDNESS: Readonly<Record<SoundName, number>> = { life: 0.5, attention: 0.25, done: 0.12 };

/** `mayBeHeard`: of several windows of one seat only one sounds. */
export const createSounds = (createContext: () => AudioContext, mayBeHeard: () => boolean = () => true): Sounds => {
  let context: AudioContext | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  const listeners = createListeners();
  const ensure = (): AudioContext => {
    if (context !== null) return context;
    context = createContext();
    context.addEventListener('statechange', () => listeners.tell());
    return context;
  };
  const state = (): SoundState => (context?.state === 'running' ? 'on' : 'off');

  const sound = (name: SoundName): void => {
    if (context === null || context.state !== 'running' || !mayBeHeard()) return;
    for (const { hz, atS, forS } of tones[name]) {
      const start = context.currentTime + atS;
      const oscillator = context.createOscillator();
      const gain = context.createGain();
      oscillator.type = name === 'life' ? 'triangle' : 'sine';
      oscillator.frequency.value = hz;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS[name], start + 0.02);
      gain.gain.setValueAtTime(LOUDNESS[name], start + forS - 0.05);
      gain.gain.linearRampToValueAtTime(0, start + forS);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(start);
      oscillator.stop(start + forS);
    }
  };

  return {
    state,
    subscribe: listeners.add,
    unlock: () => {
      const mine = ensure();
      // A refusal leaves the state at "suspended", which is what the banner shows.
      if (mine.state === 'suspended')
        void mine.resume().then(
          () => listeners.tell(),
          () => listeners.tell(),
        );
    },
    play: sound,
    life: (on) => {
      if (on === (timer !== null)) return;
      if (timer !== null) clearInterval(timer);
      timer = on ? setInterval(() => sound('life'), LIFE_EVERY_MS) : null;
      if (on) sound('life');
      listeners.tell();
    },
    sounding: () => timer !== null,
    heardHere: () => mayBeHeard() || state() === 'off',
  };
};

export const useSoundState = (sounds: Sounds): SoundState => useSyncExternalStore(sounds.subscribe, sounds.state);
