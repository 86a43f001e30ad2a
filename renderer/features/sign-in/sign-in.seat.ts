import { SIGN_IN } from '../../parts/desk/route.ts';
import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { LentBanner } from './lent-banner.tsx';
import { SignInScreen } from './sign-in-screen.tsx';

export const signInSeat = defineSeatFeature({
  name: 'sign-in',
  places: [{ place: SIGN_IN, screen: SignInScreen, shows: [], entry: null }],
  banners: [LentBanner],
});
