import { SIGN_IN } from '../../parts/desk/route.ts';
import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { LentBanner } from './lent-banner.tsx';
import { SignInScreen } from './sign-in-screen.tsx';

export const signInSeat = defineSeatFeature({
  name: 'sign-in',
  places: [
    {
      place: SIGN_IN,
      screen: SignInScreen,
      shows: [],
      entry: {
        task: 'duty',
        order: 2,
        barKey: null,
        alsoCalled: ['登录', '退出', '密码', '换人', 'PIN', 'log in', 'log out', 'denglu', 'dl'],
        forAnybody: true,
      },
    },
  ],
  banners: [LentBanner],
});
