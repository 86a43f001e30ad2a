import { defineSeatFeature } from '../../seat/seat-feature.ts';

/** How this seat looks: done at once, from anywhere. */
export const lookSeat = defineSeatFeature({
  name: 'look',
  actions: [
    {
      action: 'largePrint',
      run: ({ preferences }) => preferences.set({ print: preferences.get().print === 'large' ? 'normal' : 'large' }),
      entry: {
        task: 'seat',
        order: 1,
        barKey: null,
        alsoCalled: ['放大', '小字', 'zoom', 'bigger', 'dazi', 'dz'],
        forAnybody: true,
      },
    },
    {
      action: 'theme',
      run: ({ preferences }) => preferences.set({ theme: preferences.get().theme === 'dark' ? 'light' : 'dark' }),
      entry: {
        task: 'seat',
        order: 2,
        barKey: null,
        alsoCalled: ['亮', '暗', '夜间', 'night', 'bright', 'shense', 'qianse'],
        forAnybody: true,
      },
    },
    {
      action: 'language',
      run: ({ preferences }) => preferences.set({ lang: preferences.get().lang === 'en' ? 'zh-CN' : 'en' }),
      entry: {
        task: 'seat',
        order: 3,
        barKey: null,
        alsoCalled: ['英文', '中文', 'Chinese', 'English', 'yuyan', 'yy'],
        forAnybody: true,
      },
    },
  ],
});
