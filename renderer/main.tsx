import './kit/without-eval.ts';
import './kit/layers.css';
import '@fontsource-variable/noto-sans-sc/index.css';
import './kit/theme.css';
import './kit/base.css';
import './kit/text.css';
import './kit/card.css';
import './kit/form.css';
import './kit/list.css';
import './kit/answers.css';
import './kit/fresh.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { createBridge } from './bridge/bridge.ts';
import { openBrowserSocket } from './bridge/browser-socket.ts';
import { readEndpoint, withoutToken, withTicketSpent } from './bridge/endpoint.ts';
import { createSeatMemory } from './bridge/memory.ts';
import { createResultSource } from './bridge/result-source.ts';
import { createTicketSource } from './bridge/video-ticket.ts';
import { seatFeatures } from './features.ts';
import { createKeyBook, KeyBookProvider } from './seat/keys.tsx';
import { joinSeatFeatures, RegistryProvider } from './seat/registry.tsx';
import { App } from './shell/app.tsx';
import { createTexts } from '../electron/words/texts.ts';
import { createPreferences } from './seat/preferences.ts';
import { guardPresses } from './kit/press-guard.ts';
import { createSounds } from './sound/sounds.ts';
import { createVoice } from './sound/voice.ts';
import { createSpeech } from './sound/speech.ts';
import { SeatProvider } from './seat/seat-context.tsx';
import { createSeatStore } from './store/seat-store.ts';
import { browserClock } from './video/browser-clock.ts';
import { createVideoEngine } from './video/engine.ts';

const spendTicket = (ticket: string): Promise<string | null> =>
  fetch('tickets/spend', { method: 'POST', body: ticket }).then(
    (answer) => (answer.ok ? answer.text() : null),
    () => null,
  );
const address = await withTicketSpent(location.href, spendTicket);
const endpoint = readEndpoint(address, sessionStorage);
history.replaceState(null, '', withoutToken(address));

const preferences = createPreferences(localStorage, new URL(location.href).searchParams.get('lang'));
const texts = createTexts(preferences.get().lang, (made) => made.use(initReactI18next));
const dress = (): void => {
  const { theme, print, lang } = preferences.get();
  Object.assign(document.documentElement.dataset, { theme, print });
  document.documentElement.lang = lang;
  document.title = texts.t('common.pageTitle');
};
dress();
preferences.subscribe(() => {
  void texts.changeLanguage(preferences.get().lang).then(dress);
});

const uuid = (): string => crypto.randomUUID();
const store = createSeatStore();
const bridge = createBridge({
  endpoint,
  store,
  memory: createSeatMemory(localStorage, uuid),
  openSocket: openBrowserSocket,
  clock: browserClock,
  random: Math.random,
  uuid,
});
const voice = createVoice(navigator.locks);
const sounds = createSounds(() => new AudioContext(), voice.isOurs);
sounds.subscribe(() => {
  bridge.setSound(sounds.state());
  voice.want(sounds.state() === 'on');
});
// Where the browser wants a press before it lets sound out, the first one anywhere will do. A whole click, not the finger's coming down:
// the banner goes when sound is on, and a button must not move between the two.
sounds.unlock();
for (const press of ['click', 'keydown'] as const) addEventListener(press, sounds.unlock, { capture: true });
guardPresses(document, () => preferences.get().pressHoldMs);
const video = createVideoEngine({
  requestTicket: createTicketSource(bridge, endpoint.url),
  now: () => bridge.stationNowMs() ?? store.get().nowMs ?? 0,
});
const speech = createSpeech('speechSynthesis' in globalThis ? speechSynthesis : null);
const fetchResult = createResultSource(endpoint.url);
bridge.start();
const registry = joinSeatFeatures(seatFeatures);
const keyBook = createKeyBook();

const place = document.querySelector('#seat');
if (place === null) throw new Error('the page has no #seat');
createRoot(place).render(
  <StrictMode>
    <I18nextProvider i18n={texts}>
      <SeatProvider value={{ store, bridge, preferences, sounds, speech, video, fetchResult }}>
        <RegistryProvider value={registry}>
          <KeyBookProvider value={keyBook}>
            <App />
          </KeyBookProvider>
        </RegistryProvider>
      </SeatProvider>
    </I18nextProvider>
  </StrictMode>,
);
