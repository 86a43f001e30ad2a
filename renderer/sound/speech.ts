import { useSyncExternalStore } from 'react';

/** Reads aloud, where this machine has a voice for the language. */
export interface Speech {
  /** Whether there is a voice for `zh` or `en`. */
  readonly has: (lang: string) => boolean;
  readonly say: (text: string, lang: string) => void;
  readonly stop: () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** A little slower than usual. */
const RATE = 0.9;

const family = (lang: string): string => lang.slice(0, 2).toLowerCase();

export const createSpeech = (synthesis: SpeechSynthesis | null): Speech => {
  const voiceFor = (lang: string): SpeechSynthesisVoice | undefined =>
    synthesis?.getVoices().find((voice) => family(voice.lang) === family(lang));
  return {
    has: (lang) => voiceFor(lang) !== undefined,
    say: (text, lang) => {
      const voice = voiceFor(lang);
      if (synthesis === null || voice === undefined) return;
      synthesis.cancel();
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = RATE;
      synthesis.speak(utterance);
    },
    stop: () => synthesis?.cancel(),
    subscribe: (listener) => {
      synthesis?.addEventListener('voiceschanged', listener);
      return () => synthesis?.removeEventListener('voiceschanged', listener);
    },
  };
};

export const useHasVoice = (speech: Speech, lang: string): boolean =>
  useSyncExternalStore(speech.subscribe, () => speech.has(lang));
