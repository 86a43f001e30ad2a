import type { Tables } from '../../store/tables.ts';
import { defineSeatFeature, type AlarmWay } from '../../seat/seat-feature.ts';
import { GateScreen } from './gate-screen.tsx';
import { KeepThisOpen } from './keep-this-open.tsx';
import { describeGate } from './open-item.ts';
import { QuickClose, QuickGate } from './quick-gate.tsx';

/** Where an arm is moved, or a car before it is waited for, it must be seen. */
const cameras = (tables: Tables): readonly string[] => [...tables.barriers.values()].map(({ cameraId }) => cameraId);

const leads: AlarmWay['leads'] = () => ({ place: 'gate', call: false });

export const gateSeat = defineSeatFeature({
  name: 'gate',
  places: [
    {
      place: 'gate',
      screen: GateScreen,
      shows: [],
      entry: {
        task: 'work',
        order: 2,
        barKey: 'g',
        alsoCalled: ['大门', '开门', '栏杆', 'barrier', 'arm', 'daozha', 'dz'],
      },
    },
  ],
  openItems: { barrier: describeGate },
  stepTools: [
    { steps: ['openGate'], Above: QuickGate, takesRoom: true, cameras },
    { steps: ['arrival'], Above: QuickGate, cameras },
    { steps: ['closeGate'], Above: QuickClose, cameras },
    { steps: ['gateByHand'], cameras },
  ],
  alarmWays: {
    barrierUnconfirmed: { passing: true, leads },
    barrierRefused: { leads },
    barrierStandsOpen: { leads, Below: KeepThisOpen },
  },
});
