import { defineSeatFeature } from '../../seat/seat-feature.ts';
import { PhoneListDialog } from './phone-list-dialog.tsx';
import { OpenPhoneList, WhatToSay } from './step-tools.tsx';

export const phoneListSeat = defineSeatFeature({
  name: 'phone-list',
  overlays: [
    {
      overlay: 'phoneList',
      dialog: PhoneListDialog,
      entry: {
        task: 'work',
        order: 4,
        barKey: 'p',
        alsoCalled: ['联系人', '电话', '120', '110', 'contacts', 'call', 'dianhua', 'ddh'],
      },
    },
  ],
  stepTools: [
    { steps: ['call120'], Above: WhatToSay },
    {
      steps: ['sendSomebody', 'openDoor', 'seen', 'notYetSeen', 'withPerson', 'gateByHand'],
      Below: OpenPhoneList,
    },
  ],
});
